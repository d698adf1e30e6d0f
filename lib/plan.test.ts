import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { targets } from './environments';
import type { Target } from './environments/environment';
import { synth } from './output/command-line';
import { planOf } from './plan';
import { releaseFiles } from './releases/releases';

const files = releaseFiles('releases');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Synthesizes targets into a folder of their own. */
function run(some: readonly Target[]) {
  const told: string[] = [];
  const code = synth([], join(folder, 'repository'), () => planOf(some, files), { write: (text) => told.push(text) });
  return { code, told: told.join('') };
}

/** Every way into a value. */
function waysInto(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...waysInto(inner, [...way, key])]);
}

const ways = targets.flatMap((target, index) => waysInto(target).map((way): readonly [number, string[]] => [index, way]));

/** The real targets, with one value exchanged. */
function exchanged([index, way]: readonly [number, string[]], value: unknown): readonly Target[] {
  const copies = structuredClone(targets) as Target[];
  const keys = [...way];
  const last = keys.pop() as string;
  // biome-ignore lint/suspicious/noExplicitAny: the way was found in a value of the same shape
  const parent = keys.reduce<any>((inner, key) => inner[key], copies[index]);
  parent[last] = value;
  return copies;
}

const nonsense = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    '..',
    '../../x',
    'a/b',
    'A',
    '__proto__',
    'constructor',
    'x'.repeat(300),
    'ü',
    'a b',
    '\u0000',
    '\u202e',
    '-',
    '0',
  ),
  fc.constantFrom<unknown>(
    0,
    -1,
    0.5,
    1e9,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    null,
    true,
    [],
    {},
    [[]],
    [''],
    () => 1,
    undefined,
  ),
  fc.string(),
  fc.integer(),
);

test('a target with any nonsense is synthesized or refused in words, and then nothing is written', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ways), nonsense, (way, value) => {
      rmSync(join(folder, 'repository'), { recursive: true, force: true });
      const { code, told } = run(exchanged(way, value));

      expect(told).not.toMatch(/\n {4}at /);
      expect(readdirSync(folder).filter((name) => name !== 'repository')).toEqual([]);
      if (code === 0) return;
      expect(told).toMatch(/Cannot /);
      expect(['dist', 'argocd'].filter((name) => existsSync(join(folder, 'repository', name)))).toEqual([]);
    }),
    { numRuns: 40 },
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
