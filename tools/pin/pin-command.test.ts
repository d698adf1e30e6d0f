import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { USAGE } from './arguments';
import { FakeServer } from './fake-server';
import { pinCommand } from './pin-command';

const one = `sha256:${'0123456789abcdef'.repeat(4)}`;
const two = `sha256:${'fedcba9876543210'.repeat(4)}`;
const commit = '0123456789abcdef0123456789abcdef01234567';

const server = new FakeServer();
const root = mkdtempSync(join(tmpdir(), 'pin-'));
beforeAll(() => server.start());
afterAll(async () => {
  rmSync(root, { recursive: true });
  await server.stop();
});

const names = (digest: string) => (_: unknown, response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'docker-content-digest': digest }).end();
const says = (body: unknown) => (_: unknown, response: ServerResponse) => void response.end(JSON.stringify(body));

/** A release file as people write it: the order is theirs, and so are the comments. */
const prod = (redis = 'unresolved', llama = 'unresolved', kong = 'unresolved') => `\
# Production
images:
  redis: { tag: "7.4", digest: ${redis}, repository: ${server.host}/redis } # cache
  vllm:
    digest: ${one}   # known
    repository: ${server.host}/vllm
    tag: v0.24.0

models:
  llama-3.1-8b-instruct:
    source: hf://meta-llama/Llama-3.1-8B-Instruct
    revision: '${llama}'
    sha256: unresolved
    size: 16.1 GB
  tinyllama: { source: "ollama://tinyllama", revision: 1.1b, sha256: unresolved, size: 638 MB }
rings: [[us-west-2], [eu-west-1]]
regions:
  us-west-2:
    images:
      kong:
        repository: ${server.host}/kong
        tag: 3.9.3
        digest: ${kong}
`;
const dev = (redis = 'unresolved') => `\
images: { redis: { repository: ${server.host}/redis, tag: '7.4', digest: ${redis} } }
models: {}
rings: [[local]]
`;

const file = (environment: string) => join(root, 'releases', `${environment}.yaml`);
const held = (environment: string) => readFileSync(file(environment), 'utf8');
beforeEach(() => {
  mkdirSync(join(root, 'releases'), { recursive: true });
  writeFileSync(file('prod'), prod());
  writeFileSync(file('dev'), dev());
  server.received = [];
  server.answers = {
    'HEAD /v2/redis/manifests/7.4': names(one),
    'HEAD /v2/kong/manifests/3.9.3': names(two),
    'HEAD /v2/vllm/manifests/v0.24.0': names(one),
    'GET /api/models/meta-llama/Llama-3.1-8B-Instruct': says({ sha: commit, private: false }),
  };
});

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await pinCommand(args, {
    root,
    environments: { dev: ['local'], prod: ['us-west-2', 'eu-west-1'] },
    dockerConfig: join(root, 'config.json'),
    hub: server.origin,
    patience: { answerMs: 2000, waitMs: 0 },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('fills every unresolved digest and revision, and changes nothing else', async () => {
  const { host } = server;

  expect(await run()).toEqual({
    code: 0,
    err: [],
    out: [
      `releases/dev.yaml:1:${dev().indexOf('digest') + 1} image "${host}/redis:7.4" is ${one}`,
      `releases/prod.yaml:3:24 image "${host}/redis:7.4" is ${one}`,
      `releases/prod.yaml:12:5 model "hf://meta-llama/Llama-3.1-8B-Instruct" is ${commit}`,
      `releases/prod.yaml:23:9 image "${host}/kong:3.9.3" is ${two}`,
      'Filled 4 of 4 unresolved digests and revisions',
    ],
  });
  expect(held('prod')).toBe(prod(one, commit, two));
  expect(held('dev')).toBe(dev(one));
});

test('asks once for an image, wherever it is pinned, and not for what is known', async () => {
  await run();

  expect(server.received.map(({ line }) => line).sort()).toEqual([
    'GET /api/models/meta-llama/Llama-3.1-8B-Instruct',
    'HEAD /v2/kong/manifests/3.9.3',
    'HEAD /v2/redis/manifests/7.4',
  ]);
});

test('asks a second registry while the first takes its time', async () => {
  const { promise: asked, resolve } = withResolvers();
  server.answers['HEAD /v2/redis/manifests/7.4'] = (request, response) => void asked.then(() => names(one)(request, response));
  server.answers['HEAD /v2/kong/manifests/3.9.3'] = (request, response) => {
    resolve();
    names(two)(request, response);
  };

  expect(await run()).toMatchObject({ code: 0 });
});

test('fills the environments named alone', async () => {
  expect(await run('dev')).toMatchObject({ code: 0 });
  expect(held('prod')).toBe(prod());
  expect(held('dev')).toBe(dev(one));
});

test('fills the images named alone', async () => {
  expect(await run('--image', 'kong', '--image=vllm')).toMatchObject({ code: 0 });
  expect(held('prod')).toBe(prod(undefined, undefined, two));
  expect(held('dev')).toBe(dev());
});

test('fails for what cannot be looked up, and fills the others', async () => {
  const { host } = server;
  delete server.answers['HEAD /v2/redis/manifests/7.4'];
  delete server.answers['GET /api/models/meta-llama/Llama-3.1-8B-Instruct'];

  expect(await run('prod')).toEqual({
    code: 1,
    err: [
      `releases/prod.yaml:3:24 Cannot look up image "${host}/redis:7.4" as ${host} has nothing of that name: correct the repository or the tag`,
      'releases/prod.yaml:12:5 Cannot look up model "hf://meta-llama/Llama-3.1-8B-Instruct" as ' +
        `${host} has nothing of that name: correct the source`,
    ],
    out: [`releases/prod.yaml:23:9 image "${host}/kong:3.9.3" is ${two}`, 'Filled 1 of 3 unresolved digests and revisions'],
  });
  expect(held('prod')).toBe(prod(undefined, undefined, two));
});

test('fails for a model of a bucket, which has no commits', async () => {
  writeFileSync(file('prod'), prod().replace('hf://meta-llama/Llama-3.1-8B-Instruct', 's3://models/llama'));

  const { code, err } = await run('prod');

  expect(code).toBe(1);
  expect(err).toEqual([
    'releases/prod.yaml:12:5 Cannot look up model "s3://models/llama" as ' +
      'a bucket knows no commits: write the commit of the files that were copied there',
  ]);
});

test('fails for a revision that is no commit', async () => {
  server.answers['GET /api/models/meta-llama/Llama-3.1-8B-Instruct'] = says({ sha: 'main' });

  const { code, err } = await run('prod');

  expect(code).toBe(1);
  expect(err).toEqual([
    `releases/prod.yaml:12:5 Cannot look up model "hf://meta-llama/Llama-3.1-8B-Instruct" as ${server.host} names no commit: write it`,
  ]);
});

test('fails for a file that somebody saves meanwhile, and fills the others', async () => {
  server.answers['HEAD /v2/kong/manifests/3.9.3'] = (request, response) => {
    writeFileSync(file('prod'), `${prod()}# saved\n`);
    names(two)(request, response);
  };

  expect(await run()).toMatchObject({
    code: 1,
    err: [
      'releases/prod.yaml:1:1 Cannot write "releases/prod.yaml" as it is not what was read: save it as UTF-8, and run "npm run pin" again',
    ],
  });
  expect(held('prod')).toBe(`${prod()}# saved\n`);
  expect(held('dev')).toBe(dev(one));
});

test('fails for release files with mistakes, all of which it lists, and asks nobody', async () => {
  writeFileSync(file('prod'), prod('sha256:0', 'main'));

  const { code, err } = await run();

  expect(code).toBe(1);
  expect(err.join('\n').split('\n')).toEqual([
    expect.stringMatching(/^releases\/prod\.yaml:3:32 Cannot pin digest "sha256:0"/),
    expect.stringMatching(/^releases\/prod\.yaml:12:15 Cannot pin revision "main"/),
  ]);
  expect(server.received).toEqual([]);
});

test('is not kept by mistakes in the file of another environment', async () => {
  writeFileSync(file('prod'), 'images');

  expect(await run('dev')).toMatchObject({ code: 0, err: [] });
});

test('fails for logins that it cannot read', async () => {
  writeFileSync(join(root, 'config.json'), 'something');

  expect(await run()).toMatchObject({ code: 1, err: [expect.stringMatching(/^Cannot read logins from/)] });
  rmSync(join(root, 'config.json'));
});

test('confirms digests, and writes nothing', async () => {
  expect(await run('--check')).toEqual({ code: 0, err: [], out: ['Confirmed 1 of 1 digest'] });
  expect(server.received.map(({ line }) => line)).toEqual(['HEAD /v2/vllm/manifests/v0.24.0']);
  expect(held('prod')).toBe(prod());
});

test('reports a tag that names another digest than the pinned one', async () => {
  writeFileSync(file('prod'), prod(one));
  server.answers['HEAD /v2/vllm/manifests/v0.24.0'] = names(two);

  expect(await run('prod', '--check')).toEqual({
    code: 1,
    err: [
      `releases/prod.yaml:5:5 Cannot confirm digest "${one}" as image "${server.host}/vllm:v0.24.0" is ${two} now: ` +
        'keep the pinned one, or write "unresolved" and run "npm run pin" to take the other',
    ],
    out: ['Confirmed 1 of 2 digests'],
  });
  expect(held('prod')).toBe(prod(one));
});

test('fails to confirm a digest whose registry does not answer', async () => {
  server.answers = {};

  const { code, err, out } = await run('--check', '--image', 'vllm');

  expect({ code, out }).toEqual({ code: 1, out: ['Confirmed 0 of 1 digest'] });
  expect(err).toEqual([expect.stringMatching(/^releases\/prod\.yaml:5:5 Cannot look up image ".+\/vllm:v0\.24\.0" as /)]);
});

test.each([
  [['--all'], 'Cannot understand "--all" as arguments: use these'],
  [['--check=yes'], 'Cannot understand "--check=yes" as arguments: use these'],
  [['--image'], 'Cannot understand "--image" as arguments: use these'],
  [['prdo'], 'Cannot pin environment "prdo" as there is none of that name: did you mean "prod"?'],
  [['--image', 'vlm'], 'Cannot pin image "vlm" as nothing runs an image of that name: did you mean "vllm"?'],
])('refuses the arguments %j', async (args, message) => {
  expect(await run(...args)).toEqual({ code: 2, out: [], err: [`${message}\n\n${USAGE}`] });
  expect(server.received).toEqual([]);
});

test.each(['--help', '-h'])('explains itself with %s', async (option) => {
  expect(await run(option)).toEqual({ code: 0, out: [USAGE], err: [] });
});
