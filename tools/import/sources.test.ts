import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { crdsOf, parseSource } from './sources';

const DEFINITIONS = ['Teapot', 'Cup'].map(
  (kind) => `kind: CustomResourceDefinition\nspec: { group: example.com, names: { kind: ${kind} } }\n`,
);

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    response.writeHead(url === '/crds.yaml' ? 200 : 404).end(DEFINITIONS.join('---\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const kindsOf = async (source: { kind?: string; group: string; url: string }) =>
  (await crdsOf(source, undefined)).map(({ spec }) => spec.names.kind);

test('reads the group, the kind and the URL of an entry', () => {
  const url = 'https://example.com/v1.2.3/crd.yaml';

  expect(parseSource(`example.com/Teapot:=${url}`)).toEqual({ group: 'example.com', kind: 'Teapot', url });
  expect(parseSource(`example.com:=${url}`)).toEqual({ group: 'example.com', url });
});

test.each(['https://example.com/crd.yaml', 'example.com/teapot:=https://example.com/crd.yaml', 'example.com:=crd.yaml'])(
  'refuses the entry %s',
  (entry) => {
    expect(() => parseSource(entry)).toThrow(
      `Cannot import "${entry}" as an entry reads <group>/<Kind>:=<https url>: correct it in cdk8s.yaml`,
    );
  },
);

test('downloads the kind that an entry names', async () => {
  expect(await kindsOf({ group: 'example.com', kind: 'Cup', url: `${origin}/crds.yaml` })).toEqual(['Cup']);
});

test('downloads every kind of the group where an entry names none', async () => {
  expect(await kindsOf({ group: 'example.com', url: `${origin}/crds.yaml` })).toEqual(['Teapot', 'Cup']);
});

test('fails where the URL answers with an error', async () => {
  const url = `${origin}/gone.yaml`;

  await expect(kindsOf({ group: 'example.com', kind: 'Cup', url })).rejects.toThrow(
    `Cannot import "example.com/Cup" from ${url} as the server answers 404: check the entry in cdk8s.yaml and the network`,
  );
});

test('fails where the file defines another kind', async () => {
  const url = `${origin}/crds.yaml`;

  await expect(kindsOf({ group: 'example.com', kind: 'Kettle', url })).rejects.toThrow(
    `Cannot import "example.com/Kettle" from ${url} as nothing there defines it: check the entry in cdk8s.yaml and the network`,
  );
});

test('fails where nobody answers, with the reason', async () => {
  const url = 'http://127.0.0.1:1/crds.yaml';

  await expect(kindsOf({ group: 'example.com', url })).rejects.toThrow(`Cannot import "example.com" from ${url} as `);
});

test('takes the full definition from a folder that has a kind twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-crds-'));
  const write = (path: string, scope: string) =>
    writeFileSync(
      join(folder, 'example.com', path),
      `kind: CustomResourceDefinition\nspec: { group: example.com, scope: ${scope}, names: { kind: Cup } }\n`,
    );
  mkdirSync(join(folder, 'example.com', 'full'), { recursive: true });
  write('cup.yaml', 'without schema');
  const scopes = async () =>
    (await crdsOf({ group: 'example.com', kind: 'Cup', url: 'https://example.com/' }, folder)).map(({ spec }) => spec.scope);

  try {
    expect(await scopes()).toEqual(['without schema']);
    write(join('full', 'cup.yaml'), 'with schema');
    expect(await scopes()).toEqual(['with schema']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
