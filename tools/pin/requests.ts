import { setTimeout } from 'node:timers/promises';

/** Larger answers hold no manifest: registries need not accept more than 4 MiB. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Why a lookup failed and what to do about it, in words that follow "Cannot look up … as". */
export class NoAnswer extends Error {
  public override readonly name = 'NoAnswer';
}

/** How long servers may take. */
export interface Patience {
  /** For one answer, milliseconds. */
  readonly answerMs: number;

  /** Longest pause that a busy server may ask for, milliseconds; it is asked once more after it. */
  readonly waitMs: number;
}

/** What a server said, read to its end. */
export class Answer {
  public readonly host: string;

  constructor(
    /** Where it came from, after redirects. */
    public readonly url: string,
    public readonly status: number,
    public readonly headers: Headers,
    public readonly body: Buffer,
  ) {
    this.host = new URL(url).host;
  }

  /**
   * The object that the body is in JSON.
   *
   * @throws {NoAnswer} if it is none
   */
  public json(): Readonly<Record<string, unknown>> {
    try {
      return Object(JSON.parse(this.body.toString()));
    } catch {
      throw new NoAnswer(`${this.host} answers in no JSON: check that nothing between here and there answers in its place`);
    }
  }
}

export const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300;

/**
 * Asks a server, and once more if it is busy and says for how long.
 *
 * @throws {NoAnswer} if it does not answer
 */
export async function ask(url: string, init: RequestInit, patience: Patience): Promise<Answer> {
  const answer = await askOnce(url, init, patience);
  const pause = pauseMs(answer);
  if (pause === undefined || pause > patience.waitMs) return answer;
  await setTimeout(pause);
  return askOnce(url, init, patience);
}

async function askOnce(url: string, init: RequestInit, { answerMs }: Patience): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(answerMs) });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > LARGEST_BODY) throw new NoAnswer(`${new URL(url).host} answers more than any manifest holds: correct the repository`);
      chunks.push(chunk);
    }
    refuseDowngrade(url, response.url);
    return new Answer(response.url, response.status, response.headers, Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer(`${new URL(url).host} ${reasonOf(error as Failure, answerMs)}: check its name and the network`);
  }
}

/**
 * A digest that came without encryption may be anybody's.
 *
 * @throws {NoAnswer} if one URL is encrypted and the next is not
 */
export function refuseDowngrade(from: string, to: string): void {
  if (new URL(from).protocol !== 'https:' || new URL(to).protocol === 'https:') return;
  throw new NoAnswer(`${new URL(from).host} leads to "${to}", which is not encrypted: tell who runs it`);
}

/** What fetch throws: the reason is in its cause, which for a name with several addresses has a code alone. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly cause?: { readonly message: string; readonly code?: string };
}

function reasonOf({ name, message, cause }: Failure, answerMs: number): string {
  if (name === 'TimeoutError') return `does not answer within ${answerMs / 1000} s`;
  return `cannot be reached (${cause?.message || cause?.code || message})`;
}

/** How long a busy server wants to be left alone, milliseconds: `Retry-After` is a number of seconds or a date. */
function pauseMs({ status, headers }: Answer): number | undefined {
  const after = headers.get('retry-after');
  if (after === null || (status !== 429 && status !== 503)) return undefined;
  const pause = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return Number.isNaN(pause) ? undefined : Math.max(pause, 0);
}

/** Why an answer is none, and what to do. */
export function refusal(answer: Answer, cures: { readonly missing: string; readonly denied: string }): NoAnswer {
  const { status, host } = answer;
  if (status === 404) return new NoAnswer(`${host} has nothing of that name: ${cures.missing}`);
  if (status === 401 || status === 403) return new NoAnswer(`${host} denies access: ${cures.denied}`);
  if (status !== 429) return new NoAnswer(`${host} answers ${status}: run "npm run pin" again later`);
  const pause = pauseMs(answer);
  const when = pause === undefined ? 'later' : `in ${Math.ceil(pause / 1000)} s`;
  return new NoAnswer(`${host} has had too many requests: run "npm run pin" again ${when}`);
}
