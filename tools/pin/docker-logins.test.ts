import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dockerLogins } from './docker-logins';

const folder = mkdtempSync(join(tmpdir(), 'docker-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'config.json');
const loginsIn = (content: string) => {
  writeFileSync(path, content);
  return Object.fromEntries(dockerLogins(path));
};
const auth = Buffer.from('someone:something').toString('base64');

test('reads the logins that docker keeps in its file', () => {
  const auths = {
    'ghcr.io': { auth },
    'https://index.docker.io/v1/': { auth },
    'https://registry.example.com:5000': { auth },
    'example.azurecr.io': { auth, identitytoken: 'identity' },
  };

  expect(loginsIn(JSON.stringify({ auths, HttpHeaders: { 'User-Agent': 'docker' } }))).toEqual({
    'ghcr.io': { basic: auth },
    'docker.io': { basic: auth },
    'registry.example.com:5000': { basic: auth },
    'example.azurecr.io': { basic: auth, identityToken: 'identity' },
  });
});

test('finds no login where docker keeps it in a credential helper', () => {
  expect(loginsIn(JSON.stringify({ auths: { 'ghcr.io': {} }, credsStore: 'desktop' }))).toEqual({});
});

test('finds no login where there is no file', () => {
  expect([...dockerLogins(join(folder, 'none.json'))]).toEqual([]);
});

test.each(['{"auths": {"ghcr.io": something}}', '{"auths": ["something"]}', '{"auths": {"ghcr.io": {"auth": "some\\r\\nthing"}}}'])(
  'fails without repeating what the file holds: %s',
  (content) => {
    expect(() => loginsIn(content)).toThrow(`Cannot read logins from "${path}" as docker writes it otherwise: log in again`);
  },
);

test('fails where the file cannot be read', () => {
  expect(() => dockerLogins(folder)).toThrow(`Cannot read logins from "${folder}"`);
});
