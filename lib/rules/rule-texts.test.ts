import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { everyRule } from './all';

const root = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = ['lib', 'tools'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.ts$/.test(path))
    .map((path) => join(folder, path)),
);

/** A file or a folder of the repository, as texts name it; what a reader fills in ends it: `releases/<environment>.yaml`. */
const PATH = /(?<![\w./-])(?:docs|lib|releases|tools)\/(?:[\w-]+\/)*(?:[\w-]+\.(?:cjs|conf|md|sh|ts|yaml)\b)?/g;

/** `connect() of lib/security/connect.ts` or `RedisCache (lib/data/redis.ts)`: what is named, and the file that it is in. */
const NAMED = /`?\b([A-Za-z]\w*)`?(\(\w*\))? (?:of |\()(lib\/[\w/-]+\.ts)/g;
const isIdentifier = (name: string): boolean => /^[A-Z]|[a-z][A-Z]/.test(name);

test.each(everyRule.map(({ id, why, fix }) => [id, `${why} ${fix}`]))('%s names files that exist, and what is in them', (_, text) => {
  expect([...text.matchAll(PATH)].map(([path]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);

  const named = [...text.matchAll(NAMED)].filter(([, name = '', call]) => call !== undefined || isIdentifier(name));
  expect(named.filter(([, name, , file = '']) => !new RegExp(`\\b${name}\\b`).test(read(file))).map(([words]) => words)).toEqual([]);
});

test('every rule has a reason and a cure, and both end with a full stop', () => {
  const texts = everyRule.flatMap(({ id, why, fix }) => [why, fix].map((text) => `${id}: ${text}`));

  expect(texts.filter((text) => !/^[\w-]+: .{10,}\.$/.test(text))).toEqual([]);
});

test('messages, errors and comments name source files that exist', () => {
  const missing = sources.flatMap((source) =>
    [...read(source).matchAll(/(?<![\w./-])(?:lib|tools)\/(?:[\w-]+\/)*[\w-]+\.(?:cjs|ts)\b/g)].flatMap(([path]) =>
      existsSync(join(root, path)) ? [] : [`${source}: ${path}`],
    ),
  );

  expect(missing).toEqual([]);
});
