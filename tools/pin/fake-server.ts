import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the server received it. */
export interface Received {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server says to a request, by method and path: `GET /v2/app/manifests/v1`. Without an answer it says nothing at all. */
export type Answers = Record<string, ((request: Received, response: ServerResponse) => void) | undefined>;

/** A server on this machine that plays registry, token server or hub. Unknown paths are not found. */
export class FakeServer {
  public answers: Answers = {};
  public received: Received[] = [];
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  public get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  public get origin(): string {
    return `http://${this.host}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = { line: `${request.method} ${request.url}`, headers: request.headers, body: await text(request) };
    this.received.push(received);
    const answer = this.answers[received.line.replace(/\?.*/, '')];
    if (answer === undefined) response.writeHead(404).end();
    else answer(received, response);
  }
}
