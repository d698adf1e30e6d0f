import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pinCommand } from './pin-command';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const isInstalled = (() => {
  try {
    execFileSync('docker-registry', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let folder: string;
let registry: ChildProcess | undefined;
let host: string;

// Jest calls neither hook where the test is skipped.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const port = await freePort();
  host = `localhost:${port}`;
  const config = { version: 0.1, storage: { filesystem: { rootdirectory: join(folder, 'storage') } }, http: { addr: `127.0.0.1:${port}` } };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  await expectAnswer();
});
afterAll(async () => {
  if (registry?.exitCode === null) {
    const exit = new Promise((resolve) => registry?.once('exit', resolve));
    registry.kill();
    await exit;
  }
  rmSync(folder, { recursive: true });
});

// Jest itself says nothing about a file of which every test is skipped.
if (!isInstalled)
  process.stderr.write('Skipped the test with a real registry: docker-registry is not installed (apt-get install docker-registry)\n');

(isInstalled ? test : test.skip)('writes the digest that a real registry gives an image', async () => {
  const digest = await push('team/redis', '7.4');
  const text = (value: string) =>
    `images:\n  redis: # cache\n    repository: ${host}/team/redis\n    tag: '7.4'\n    digest: ${value}\nmodels: {}\nrings: [[local]]\n`;
  mkdirSync(join(folder, 'releases'));
  writeFileSync(join(folder, 'releases', 'dev.yaml'), text('unresolved'));

  expect(await pin()).toEqual([0, `releases/dev.yaml:5:5 image "${host}/team/redis:7.4" is ${digest}`, expect.anything()]);
  expect(readFileSync(join(folder, 'releases', 'dev.yaml'), 'utf8')).toBe(text(digest));
  expect(await pin('--check')).toEqual([0, 'Confirmed 1 of 1 digest']);

  const moved = await push('team/redis', '7.4', { moved: 'yes' });
  const drift = `Cannot confirm digest "${digest}" as image "${host}/team/redis:7.4" is ${moved} now`;
  expect(await pin('--check')).toEqual([1, expect.stringContaining(drift), 'Confirmed 0 of 1 digest']);
});

/** Exit code of the command, and every line that it prints. */
async function pin(...args: string[]): Promise<unknown[]> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const none = join(folder, 'none');
  const patience = { answerMs: 5000, waitMs: 0 };
  const code = await pinCommand(args, {
    ...{ root: folder, environments: { dev: ['local'] }, dockerConfig: none, hub: `http://${host}`, patience, out: print, err: print },
  });
  return [code, ...lines];
}

/** Uploads an image without layers, and returns the digest of its manifest. */
async function push(name: string, tag: string, annotations: Record<string, string> = {}): Promise<string> {
  const config = await upload(name, '{}');
  const content = { schemaVersion: 2, mediaType: MANIFEST, config: { mediaType: 'application/json', ...config }, layers: [], annotations };
  const body = JSON.stringify(content);
  const { status } = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': MANIFEST },
    body,
  });
  expect(status).toBe(201);
  return sumOf(body);
}

async function upload(name: string, body: string): Promise<{ digest: string; size: number }> {
  const { headers } = await fetch(`http://${host}/v2/${name}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(headers.get('location') ?? '', `http://${host}`);
  place.searchParams.set('digest', sumOf(body));
  const { status } = await fetch(place, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body });
  expect(status).toBe(201);
  return { digest: sumOf(body), size: body.length };
}

const sumOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until the registry is up. */
async function expectAnswer(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (registry?.exitCode !== null) break;
    const up = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (up?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error('docker-registry did not start');
}
