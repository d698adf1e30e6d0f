import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import fc from 'fast-check';
import { stringify } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import { findProblems } from './check-target';
import { checkAnything } from './misshapen';
import { rulesCommand } from './rules-command';
import { sampleTarget } from './testing/sample-target';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = rulesCommand(args, folder, { out: (text) => void out.push(text), err: (text) => void err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function put(text: string | Buffer, file = 'dist/dev/local/app/x.yaml'): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n';
const levels = (count: number, of: string): string =>
  Array.from({ length: count }, (_, i) => `l${i}: &l${i} [${of.repeat(9).replaceAll('#', `${i - 1}`)}]\n`).join('');

describe('a file', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['of aliases that multiply', `l: &l-1 x\n${levels(12, '*l#,')}`, /as YAML: Excessive alias count/],
    ['that is nested without end', `${'['.repeat(50_000)}`, /as YAML: .*(nest|depth|deep|stack)/i],
    [
      'that is nested too deeply for any object',
      `${configMap}data: ${'['.repeat(300)}${']'.repeat(300)}\n`,
      /as YAML: it is nested more than 100 levels deep$/,
    ],
    ['of bytes that are no text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe]), /as YAML: it is not text in UTF-8$/],
    ['of control characters', 'a: "\u001b[2J"\nb: [\u001b[31m', /^Cannot read \P{C}*$/u],
    ['of one text', 'hello', /as a manifest: give it apiVersion, kind/],
    ['of keys that are no texts', '? {a: b}\n: c\n? [1]\n: 2\n', /as a manifest/],
    ['that merges itself', 'a: &a\n  <<: *a\n', /Cannot read/],
  ])('%s is refused in one line', (_, text, message) => {
    put(text);
    const { code, err } = run('--on', folder);

    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).toMatch(/^Cannot read "dist\/dev\/local\/app\/x\.yaml" as [^\n]*$/);
  });

  test('that is too large is not read', () => {
    truncateSync(put(''), 2 ** 33);

    expect(run('--on', folder).err).toBe(
      'Cannot read "dist/dev/local/app/x.yaml" as a manifest: its 8589934592 bytes are more than the 3145728 that an API server takes',
    );
  });

  test('of the largest size is read within seconds', () => {
    put(`${configMap}data:\n${'  k: &a [*a, {}, "\\\\", !!x ]\n'.repeat(5000)}`);

    expect(run('--on', folder).code).toBe(1);
  });

  test('cannot change what every object is', () => {
    put(`${configMap}  labels: {__proto__: {polluted: yes}, constructor: {prototype: {polluted: yes}}}\n__proto__: {polluted: yes}\n`);
    run('--on', folder);

    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that is a pipe, a device or a link is not opened', () => {
    put(configMap);
    execFileSync('mkfifo', [join(folder, 'dist/dev/local/app/pipe.yaml')]);
    symlinkSync('/dev/zero', join(folder, 'dist/dev/local/app/zero.yaml'));
    symlinkSync('..', join(folder, 'dist/dev/local/app/up'));

    expect(run('--on', folder).out).toMatch(/^1 object of 1 target: /);
  });
});

describe('an object', () => {
  test('whose fields are not those of its kind is named', () => {
    const target = sampleTarget();
    const check = ({ apps }: typeof target) => {
      for (const { kind, spec } of apps.flatMap(({ manifests }) => manifests))
        if (kind === 'Deployment') spec.template.spec.containers.map(String);
      return [];
    };
    const broken = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'broken', namespace: 'app' },
      spec: { template: { spec: { containers: 7 } } },
    };
    const apps = [...target.apps, { name: 'other', manifests: [broken, { ...broken, metadata: { name: 'also' } }] }];

    expect(checkAnything({ ...target, apps }, check).misshapen).toEqual([
      expect.stringMatching(
        /^Cannot check Deployment\/broken in app of "test\/nowhere\/other" by the rules as one of its fields has another type than its kind allows \(.*map is not a function\): correct it by the schema of its kind$/,
      ),
      expect.stringMatching(/^Cannot check Deployment\/also of/),
    ]);
  });

  const nonsense = fc.oneof(
    fc.constantFrom(
      null,
      0,
      -1,
      1e308,
      '',
      'x',
      true,
      [],
      {},
      [null],
      [[]],
      [{}],
      { x: null },
      '-1',
      '1e9',
      '9'.repeat(400),
      '${a',
      '*',
      '/',
      '\u0000',
    ),
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  );

  /** Every way into an object, but to what makes it a manifest. */
  function waysInto(value: unknown, way: readonly string[] = []): string[][] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...waysInto(inner, [...way, key])]);
  }

  const objects: readonly Manifest[] = sampleTarget().apps.flatMap(({ manifests }) => manifests);
  const ways = objects.flatMap((object, index) =>
    waysInto(object)
      .filter(([first, second]) => !['apiVersion', 'kind'].includes(first as string) && !(first === 'metadata' && second !== 'annotations'))
      .map((way) => [index, ...way] as const),
  );

  function exchanged(
    changes: readonly (readonly [way: readonly [number, ...string[]], value: unknown])[],
  ): ReturnType<typeof sampleTarget> {
    const target = structuredClone(sampleTarget());
    const copies = target.apps.flatMap(({ manifests }) => manifests);
    for (const [[index, ...way], value] of changes) {
      const last = way.pop() as string;
      // biome-ignore lint/suspicious/noExplicitAny: the way leads where it led in the original, unless an earlier change cut it off
      const parent = way.reduce<any>((inner, key) => inner?.[key], copies[index]);
      if (typeof parent === 'object' && parent !== null) parent[last] = value;
    }
    return target;
  }

  test('of any shape is checked, or named', () => {
    const started = performance.now();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...ways), nonsense), { minLength: 1, maxLength: 4 }), (changes) => {
        const target = exchanged(changes as Parameters<typeof exchanged>[0]);
        const { misshapen } = checkAnything(target, (some) => findProblems(some, '2026-01-01'));

        expect(misshapen.length).toBeLessThanOrEqual(changes.length);
      }),
      { numRuns: 200 },
    );
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

describe('a tree', () => {
  test('of any text is read calmly', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.jsonValue().map((value) => stringify(value)),
        ),
        (text) => {
          put(text);
          const { code, out, err } = run('--on', folder);

          expect([0, 1]).toContain(code);
          expect(`${out}${err}`).not.toMatch(/\n {4}at /);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['a file', () => put('', 'dist')],
    ['empty', () => mkdirSync(join(folder, 'dist/dev'), { recursive: true })],
    ['a link to itself', () => symlinkSync('dist', join(folder, 'dist'))],
  ])('that is %s is refused in one line', (_, make) => {
    make();
    const { code, err } = run('--on', folder);

    expect(code).toBe(2);
    expect(err).toMatch(/^Cannot (?:read|use) ".*" as [^\n]+: [^\n]+$/);
  });
});

test('any arguments are understood, or refused with what there is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom('--on', '--json', '', '..', '/dev/null', 'a\0b', 'x'.repeat(5000)), fc.string()), { maxLength: 4 }),
      (args) => {
        fc.pre(args[0] !== '--docs');
        const { code, err } = run(...args);

        if (code === 2) expect(err).toMatch(/^Cannot (?:understand|read|use) "[^\n]*" as /);
        else expect([code, err]).toEqual([0, '']);
      },
    ),
  );
});
