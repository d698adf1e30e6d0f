import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import type { Login } from './docker-logins';
import { FakeServer } from './fake-server';
import { digestOf, placeOf } from './registry';
import { NoAnswer } from './requests';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = '/v2/team/app/manifests/v1';
const manifest = '{"schemaVersion":2}';
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const login: Login = { basic: Buffer.from('someone:something').toString('base64') };

const registry = new FakeServer();
const other = new FakeServer();
beforeAll(() => Promise.all([registry.start(), other.start()]));
afterAll(() => Promise.all([registry.stop(), other.stop()]));
beforeEach(() => {
  for (const server of [registry, other]) Object.assign(server, { answers: {}, received: [] });
});

const lookUp = (given: Login | undefined = undefined, patience = { answerMs: 2000, waitMs: 0 }) =>
  digestOf({ repository: `${registry.host}/team/app`, tag: 'v1' }, new Map(given === undefined ? [] : [[registry.host, given]]), patience);
const names = (found: string) => (_: unknown, response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': INDEX, 'docker-content-digest': found }).end();
const says =
  (status: number, headers: Record<string, string> = {}, body = '') =>
  (_: unknown, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);
const linesOf = (server: FakeServer) => server.received.map(({ line }) => line);

test.each([
  ['docker.io/library/redis', { registry: 'docker.io', origin: 'https://registry-1.docker.io', name: 'library/redis' }],
  ['docker.io/redis', { registry: 'docker.io', origin: 'https://registry-1.docker.io', name: 'library/redis' }],
  ['index.docker.io/vllm/vllm-openai', { registry: 'docker.io', origin: 'https://registry-1.docker.io', name: 'vllm/vllm-openai' }],
  ['ghcr.io/a/b/c', { registry: 'ghcr.io', origin: 'https://ghcr.io', name: 'a/b/c' }],
  ['registry.example.com:5000/a', { registry: 'registry.example.com:5000', origin: 'https://registry.example.com:5000', name: 'a' }],
  ['localhost:5000/a', { registry: 'localhost:5000', origin: 'http://localhost:5000', name: 'a' }],
  ['localhost.example.com/a', { registry: 'localhost.example.com', origin: 'https://localhost.example.com', name: 'a' }],
  ['127.0.0.1.example.com/a', { registry: '127.0.0.1.example.com', origin: 'https://127.0.0.1.example.com', name: 'a' }],
])('finds the API of %s', (repository, place) => {
  expect(placeOf(repository)).toEqual(place);
});

test('takes the digest that the registry names, without fetching the manifest', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: names(digest) };

  expect(await lookUp()).toBe(digest);
  expect(linesOf(registry)).toEqual([`HEAD ${MANIFEST}`]);
});

test('asks for indexes and manifests of both formats', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: names(digest) };
  await lookUp();

  expect(registry.received[0]?.headers.accept?.split(', ')).toEqual([
    INDEX,
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ]);
});

test.each([
  ['does not name the digest', says(200, { 'content-type': INDEX })],
  ['knows no HEAD', says(405)],
])('computes the digest where the registry %s', async (_, head) => {
  registry.answers = {
    [`HEAD ${MANIFEST}`]: head,
    [`GET ${MANIFEST}`]: says(200, { 'content-type': `${INDEX}; charset=utf-8` }, manifest),
  };

  expect(await lookUp()).toBe(digest);
});

/** A registry that wants a token, which its token server gives to whoever asks as it should. */
function wantsToken(
  asksAsItShould: (request: { headers: { authorization?: string | undefined }; body: string }) => boolean,
  token = 'token',
) {
  const challenge = `Bearer realm="${registry.origin}/token?of=app",service="the, registry",scope="repository:other/app:push"`;
  registry.answers = {
    [`HEAD ${MANIFEST}`]: (request, response) =>
      request.headers.authorization === 'Bearer let-me-in'
        ? names(digest)(request, response)
        : says(401, { 'www-authenticate': challenge })(request, response),
  };
  const give: (typeof registry.answers)[string] = (request, response) =>
    asksAsItShould(request) ? says(200, {}, JSON.stringify({ [token]: 'let-me-in' }))(request, response) : says(401)(request, response);
  registry.answers['GET /token'] = give;
  registry.answers['POST /token'] = give;
}

test.each(['token', 'access_token'])('buys an anonymous token, which comes as %s', async (name) => {
  wantsToken(({ headers }) => headers.authorization === undefined, name);

  expect(await lookUp()).toBe(digest);
  expect(linesOf(registry)[1]).toBe('GET /token?of=app&service=the%2C+registry&scope=repository%3Ateam%2Fapp%3Apull');
});

test('buys a token with the login of docker', async () => {
  wantsToken(({ headers }) => headers.authorization === `Basic ${login.basic}`);

  expect(await lookUp(login)).toBe(digest);
});

test('buys a token with an identity token, as the registry of Azure wants it', async () => {
  wantsToken(({ body }) => new URLSearchParams(body).get('refresh_token') === 'identity');

  expect(await lookUp({ ...login, identityToken: 'identity' })).toBe(digest);
  expect(Object.fromEntries(new URLSearchParams(registry.received[1]?.body))).toEqual({
    grant_type: 'refresh_token',
    client_id: 'slipway',
    refresh_token: 'identity',
    service: 'the, registry',
    scope: 'repository:team/app:pull',
  });
});

test('fails with an identity token that the token server passes on', async () => {
  wantsToken(() => true);
  registry.answers['POST /token'] = says(307, { location: `${other.origin}/token` });

  await expect(lookUp({ ...login, identityToken: 'identity' })).rejects.toThrow(`${registry.host} cannot be reached (unexpected redirect)`);
  expect(other.received).toEqual([]);
});

test('shows the login itself where the registry wants that', async () => {
  registry.answers = {
    [`HEAD ${MANIFEST}`]: (request, response) =>
      request.headers.authorization === `Basic ${login.basic}`
        ? names(digest)(request, response)
        : says(401, { 'www-authenticate': 'Basic realm="registry"' })(request, response),
  };

  expect(await lookUp(login)).toBe(digest);
});

const denied = () => `${registry.host} denies access: correct the repository, or run "docker login ${registry.host}"`;

test('fails where the registry wants a login that there is not', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(401, { 'www-authenticate': 'Basic realm="registry"' }) };

  await expect(lookUp()).rejects.toThrow(new NoAnswer(denied()));
});

test('fails where the token server refuses the login', async () => {
  wantsToken(() => false);

  await expect(lookUp(login)).rejects.toThrow(new NoAnswer(denied()));
});

test('fails where the registry refuses the token, after one try', async () => {
  wantsToken(() => true);
  registry.answers[`HEAD ${MANIFEST}`] = says(401, { 'www-authenticate': `Bearer realm="${registry.origin}/token"` });

  await expect(lookUp()).rejects.toThrow(new NoAnswer(denied()));
  expect(linesOf(registry).filter((line) => line.startsWith('HEAD'))).toHaveLength(2);
});

test.each([
  ['{}', 'gives no token: run "npm run pin" again later'],
  [JSON.stringify({ token: 'two\r\nlines' }), 'gives no token: run "npm run pin" again later'],
  ['<html>', 'answers in no JSON: check that nothing between here and there answers in its place'],
])('fails where the token server answers %s', async (body, message) => {
  wantsToken(() => true);
  registry.answers['GET /token'] = says(200, {}, body);

  await expect(lookUp()).rejects.toThrow(new NoAnswer(`${registry.host} ${message}`));
});

test('fails where a challenge names no token server', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(401, { 'www-authenticate': 'Bearer service="registry"' }) };

  await expect(lookUp()).rejects.toThrow(new NoAnswer(`${registry.host} names no token server: tell who runs it`));
});

test('follows a redirect, and asks for a token there', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(307, { location: `${other.origin}/mirror` }) };
  other.answers = {
    'HEAD /mirror': (request, response) =>
      request.headers.authorization === 'Bearer let-me-in'
        ? names(digest)(request, response)
        : says(401, { 'www-authenticate': `Bearer realm="${other.origin}/token"` })(request, response),
    'GET /token': says(200, {}, JSON.stringify({ token: 'let-me-in' })),
  };

  expect(await lookUp()).toBe(digest);
});

test.each(['Basic realm="mirror"', 'Bearer realm="{origin}/token"'])(
  'never shows a login to where a registry redirects: %s',
  async (challenge) => {
    registry.answers = { [`HEAD ${MANIFEST}`]: says(307, { location: `${other.origin}/mirror` }) };
    other.answers = {
      'HEAD /mirror': says(401, { 'www-authenticate': challenge.replace('{origin}', other.origin) }),
      'GET /token': says(401),
    };

    await expect(lookUp({ ...login, identityToken: 'identity' })).rejects.toThrow(NoAnswer);
    expect(linesOf(other)).toContain('HEAD /mirror');
    expect(other.received.map(({ headers, body }) => [headers.authorization, body])).toEqual(other.received.map(() => [undefined, '']));
  },
);

test('keeps a token from where a registry redirects', async () => {
  wantsToken(() => true);
  const refuse = registry.answers[`HEAD ${MANIFEST}`];
  registry.answers[`HEAD ${MANIFEST}`] = (request, response) =>
    request.headers.authorization === undefined
      ? refuse?.(request, response)
      : says(307, { location: `${other.origin}/mirror` })(request, response);
  other.answers = { 'HEAD /mirror': names(digest) };

  expect(await lookUp()).toBe(digest);
  expect(other.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test.each([
  [404, {}, 'has nothing of that name: correct the repository or the tag'],
  [403, {}, 'denies access: correct the repository, or run "docker login {host}"'],
  [500, {}, 'answers 500: run "npm run pin" again later'],
  [429, {}, 'has had too many requests: run "npm run pin" again later'],
  [429, { 'retry-after': '3600' }, 'has had too many requests: run "npm run pin" again in 3600 s'],
  [429, { 'retry-after': 'soon' }, 'has had too many requests: run "npm run pin" again later'],
])('fails where the registry answers %d %o', async (status, headers: Record<string, string>, message) => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(status, headers) };

  await expect(lookUp()).rejects.toThrow(new NoAnswer(`${registry.host} ${message}`.replace('{host}', registry.host)));
});

test.each([
  ['a number of seconds', () => '1'],
  ['a date', () => new Date(Date.now() + 1500).toUTCString()],
])('waits as long as a busy registry asks for: %s', async (_, after) => {
  let since = 0;
  registry.answers = {
    [`HEAD ${MANIFEST}`]: (request, response) => {
      if (since > 0) return names(digest)(request, response);
      since = Date.now();
      return says(429, { 'retry-after': after() })(request, response);
    },
  };

  expect(await lookUp(undefined, { answerMs: 2000, waitMs: 2000 })).toBe(digest);
  expect(Date.now() - since).toBeGreaterThan(400);
});

test('asks a registry that stays busy no third time', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(429, { 'retry-after': '0' }) };

  await expect(lookUp()).rejects.toThrow('has had too many requests');
  expect(registry.received).toHaveLength(2);
});

test.each([
  ['says nothing', () => undefined],
  ['stops in the middle', (_: unknown, response: ServerResponse) => void response.writeHead(200, { 'content-type': INDEX }).write('{')],
])('fails where the registry %s', async (_, answer) => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(405), [`GET ${MANIFEST}`]: answer };

  await expect(lookUp(undefined, { answerMs: 200, waitMs: 0 })).rejects.toThrow(
    new NoAnswer(`${registry.host} does not answer within 0.2 s: check its name and the network`),
  );
});

test('fails where nobody listens', async () => {
  const gone = new FakeServer();
  await gone.start();
  const { host } = gone;
  await gone.stop();

  await expect(digestOf({ repository: `${host}/app`, tag: 'v1' }, new Map(), { answerMs: 2000, waitMs: 0 })).rejects.toThrow(
    new NoAnswer(`${host} cannot be reached (connect ECONNREFUSED ${host}): check its name and the network`),
  );
});

test('fails where the registry redirects in a circle', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: says(307, { location: MANIFEST }) };

  await expect(lookUp()).rejects.toThrow(
    new NoAnswer(`${registry.host} cannot be reached (redirect count exceeded): check its name and the network`),
  );
});

test.each(['HEAD', 'GET'])('fails where a page answers %s in place of the registry', async (method) => {
  const page = says(200, { 'content-type': 'text/html', ...(method === 'HEAD' && { 'docker-content-digest': digest }) }, '<html>');
  registry.answers = { [`HEAD ${MANIFEST}`]: method === 'HEAD' ? page : says(405), [`GET ${MANIFEST}`]: page };

  await expect(lookUp()).rejects.toThrow(
    new NoAnswer(`${registry.host} answers "text/html", which is no image: correct the repository or the tag`),
  );
});

test('fails where the registry names a digest that release files cannot hold', async () => {
  registry.answers = { [`HEAD ${MANIFEST}`]: names('sha512:00') };

  await expect(lookUp()).rejects.toThrow(
    new NoAnswer(`${registry.host} names digest "sha512:00", which is no SHA-256 digest: use another registry`),
  );
});

test('fails where a manifest does not end', async () => {
  registry.answers = {
    [`HEAD ${MANIFEST}`]: says(405),
    [`GET ${MANIFEST}`]: says(200, { 'content-type': INDEX }, ' '.repeat(9 * 1024 * 1024)),
  };

  // Nine megabytes take a busy machine more than the two seconds that the others are given.
  await expect(lookUp(undefined, { answerMs: 50_000, waitMs: 0 })).rejects.toThrow(
    new NoAnswer(`${registry.host} answers more than any manifest holds: correct the repository`),
  );
}, 60_000);
