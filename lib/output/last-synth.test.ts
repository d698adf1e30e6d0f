import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { SynthesizedTarget } from '../kubernetes/synthesized';
import { synthIfTouched } from './command-line';
import type { Plan } from './synthesis';

const FILE = 'dist/dev/local/llm/ConfigMap.a.yaml';

let root: string;
let told: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'last-synth-'));
  put('lib/deep/code.ts', 'code');
  put('releases/dev.yaml', 'pins');
  await aMoment();
  for (let time = 0; time < 3; time += 1) run();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

/** Longer than a tick of the clock that files are stamped with: what has just been touched is never trusted. */
const aMoment = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));

function put(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

const plan: Plan<{ environment: string; region: { name: string } }, undefined, string> = {
  targets: [{ environment: 'dev', region: { name: 'local' } }],
  build: (): SynthesizedTarget => ({
    environment: 'dev',
    region: 'local',
    apps: [{ name: 'llm', namespace: 'llm', manifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: {} }] }],
  }),
  check: () => [],
  report: (findings) => findings,
  ruleOf: (finding) => finding,
  summarize: () => undefined,
  deliver: () => [],
  checkDelivery: () => [],
  unresolved: () => [{ message: 'a pin' }],
};

/** Synthesizes, and returns whether the plan was asked for. */
function run(args: string[] = [], changes: Partial<typeof plan> = {}): boolean {
  let asked = false;
  told = '';
  const terminal = {
    write: (text: string) => {
      told += text;
    },
  };
  synthIfTouched(
    args,
    root,
    () => {
      asked = true;
      return { ...plan, ...changes };
    },
    terminal,
  );
  return asked;
}

test('a synth tells the same at once while nothing is touched', () => {
  run([], {});
  const before = told;

  expect(run()).toBe(false);
  expect(told.replace(/\d\.\d s/, '')).toBe(before.replace(/\d\.\d s/, ''));
  expect(told).toMatch(/^1 target, 1 object: 0 files written, 0 removed, 1 unchanged; 1 pin unresolved; /);
});

test.each<[string, () => void]>([
  ['a source is written', () => put('lib/deep/code.ts', 'other code')],
  ['a release is written', () => put('releases/dev.yaml', 'other pins')],
  ['a file is new', () => put('lib/new.ts', '')],
  ['a file is gone', () => rmSync(join(root, 'lib/deep/code.ts'))],
  ['the output is edited', () => put(FILE, readFileSync(join(root, FILE), 'utf8').replace('name: a', 'name: b'))],
  ['a file of the output is gone', () => rmSync(join(root, FILE))],
  ['the output is gone', () => rmSync(join(root, 'dist'), { recursive: true })],
  ['a person puts a file there', () => put('argocd/mine.yaml', '')],
  [
    'a link is in the output',
    () => {
      mkdirSync(join(root, 'argocd'));
      symlinkSync(root, join(root, 'argocd/link'));
    },
  ],
  ['a link is among the sources', () => symlinkSync('/etc/hostname', join(root, 'lib/link'))],
  ['what it remembers is damaged', () => put('.slipway/last-synth.json', '{"hash":')],
  ['what it remembers of files is damaged', () => put(`.slipway/ledger/${encodeURIComponent(dirname(FILE))}.json`, '{}')],
  ['what it remembers of files is gone', () => rmSync(join(root, '.slipway/ledger'), { recursive: true })],
  [
    'a variable of cdk8s is set',
    () => {
      process.env['CDK8S_DISABLE_SORT'] = '1';
    },
  ],
  [
    'another day has come',
    () => {
      jest.useFakeTimers({ now: Date.now() + 25 * 60 * 60 * 1000, doNotFake: ['performance'] });
    },
  ],
])('a synth looks again when %s', (_, change) => {
  change();

  try {
    expect(run()).toBe(true);
  } finally {
    delete process.env['CDK8S_DISABLE_SORT'];
    jest.useRealTimers();
  }
});

test('a synth through the cdk8s CLI knows what one without it found', () => {
  process.env['CDK8S_OUTDIR'] = join(root, '.synth');
  process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] = 'false';

  try {
    expect(run()).toBe(false);
  } finally {
    delete process.env['CDK8S_OUTDIR'];
    delete process.env['CDK8S_RECORD_CONSTRUCT_METADATA'];
  }
});

test('a synth looks again when a source changes and its size and time are restored', () => {
  const { atime, mtime } = statSync(join(root, 'lib/deep/code.ts'));
  put('lib/deep/code.ts', 'CODE');
  utimesSync(join(root, 'lib/deep/code.ts'), atime, mtime);

  expect(run()).toBe(true);
});

test('a synth looks again when a source changed while the last one ran', async () => {
  put('lib/deep/code.ts', 'other');
  await aMoment();
  run([], {
    build: (target) => {
      put('lib/deep/code.ts', 'newer');
      return plan.build(target);
    },
  });

  expect(run()).toBe(true);
});

test('a synth looks again after one that found something wrong, or something to do', async () => {
  put('lib/deep/code.ts', 'other');
  await aMoment();
  run([], { check: () => ['wrong'] });
  expect(run()).toBe(true);

  put('lib/deep/code.ts', 'another');
  await aMoment();
  run([], { build: (target) => ({ ...plan.build(target), apps: [] }) });
  expect(run()).toBe(true);
});

test('a synth looks every time while a link among the sources may lead to something else', () => {
  symlinkSync('/etc/hostname', join(root, 'lib/link'));

  for (let time = 0; time < 4; time += 1) expect(run()).toBe(true);
});

test.each(['--check', '--require-digests'])('%s always looks', (option) => {
  expect(run([option])).toBe(true);
});
