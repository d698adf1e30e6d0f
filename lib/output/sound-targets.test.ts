import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Judge } from './judge';
import { SoundTargets, type Staged } from './sound-targets';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sound-targets-'));
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(root, { recursive: true });
});

const target = { environment: 'prod', region: { name: 'eu-west-1', zones: ['a', 'b'] } };
const folders: readonly Staged[] = [
  { place: 'dist/prod/eu-west-1/edge', objects: 'one' },
  { place: 'dist/prod/eu-west-1/llm', objects: 'two' },
];

const synthesized = { environment: 'prod', region: 'eu-west-1', apps: [] };
const judgeWith = (sound: SoundTargets, check: () => readonly string[]) =>
  new Judge({ targets: [target], build: () => synthesized, check }, sound);

interface Run {
  readonly code?: string | undefined;
  readonly target?: typeof target;
  readonly folders?: readonly Staged[];
  readonly findings?: readonly string[];
}

/** What a synth finds in one target, and whether it had to judge it. */
function run({ findings = [], ...changes }: Run = {}): { judged: boolean; found: readonly string[] } {
  const { code } = { code: 'code', ...changes };
  let judged = false;
  const sound = new SoundTargets(root, ...(code === undefined ? [] : [code]));
  const check = (): readonly string[] => {
    judged = true;
    return findings;
  };
  const found = judgeWith(sound, check).take(synthesized, changes.target ?? target, changes.folders ?? folders)();
  sound.keep();
  return { judged, found };
}

const put = (text: string): void => writeFileSync(join(root, '.slipway/sound-targets.json'), text);

test('a target that kept every rule is not judged again while nothing differs', () => {
  expect(run()).toEqual({ judged: true, found: [] });
  expect(run()).toEqual({ judged: false, found: [] });
  expect(run()).toEqual({ judged: false, found: [] });
});

test.each<[string, Run]>([
  ['an object differs', { folders: [folders[0] as Staged, { place: 'dist/prod/eu-west-1/llm', objects: 'other' }] }],
  ['an app is new', { folders: [...folders, { place: 'dist/prod/eu-west-1/ml', objects: 'three' }] }],
  ['an app is gone', { folders: folders.slice(1) }],
  ['apps swap their objects', { folders: folders.map(({ place }, i) => ({ place, objects: ['two', 'one'][i] })) }],
  ['nobody knows the objects of an app', { folders: [folders[0] as Staged, { place: 'dist/prod/eu-west-1/llm', objects: undefined }] }],
  ['a fact of the region differs', { target: { ...target, region: { ...target.region, zones: ['a'] } } }],
  ['it is the same in another environment', { target: { ...target, environment: 'staging' } }],
  ['the code differs', { code: 'other code' }],
  ['nobody knows the code', { code: undefined }],
])('a target is judged again when %s', (_, changes) => {
  run();

  expect(run({ ...changes, findings: ['wrong'] })).toEqual({ judged: true, found: ['wrong'] });
});

test('a target is judged again on another day, on which an exception may have ended', () => {
  run();
  jest.useFakeTimers({ now: Date.now() + 24 * 60 * 60 * 1000 });

  expect(run({ findings: ['lapsed'] })).toEqual({ judged: true, found: ['lapsed'] });
});

test('a target is judged again by another Node.js', () => {
  run();
  const { version } = process;
  Object.defineProperty(process, 'version', { value: 'v99.0.0' });

  try {
    expect(run().judged).toBe(true);
  } finally {
    Object.defineProperty(process, 'version', { value: version });
  }
});

test.each<[string, () => void]>([
  ['gone', () => rmSync(join(root, '.slipway'), { recursive: true })],
  ['cut off', () => put('["abc')],
  ['no list', () => put('{}')],
  ['empty', () => put('')],
])('a target is judged again when what was remembered is %s, and is remembered again', (_, damage) => {
  run();
  damage();

  expect(run().judged).toBe(true);
  expect(run().judged).toBe(false);
});

test('a target with a problem is judged every time, and so is one whose rules failed', () => {
  for (let time = 0; time < 2; time += 1) expect(run({ findings: ['wrong'] })).toEqual({ judged: true, found: ['wrong'] });

  const fail = () => {
    throw new Error('a mistake of a rule');
  };
  const sound = new SoundTargets(root, 'code');
  expect(() => judgeWith(sound, fail).take(synthesized, target, folders)).toThrow('a mistake of a rule');
  sound.keep();
  expect(run().judged).toBe(true);
});

test('a synth that comes to no target forgets nothing', () => {
  run();
  new SoundTargets(root, 'code').keep();

  expect(run().judged).toBe(false);
});

describe('a synth', () => {
  const FOLDER = join(__dirname, '../../.slipway/sound-targets-test');
  const ENTRY = join(FOLDER, 'entry.ts');
  afterEach(() => {
    rmSync(FOLDER, { recursive: true });
    rmSync(join(__dirname, '../../.slipway/run', '.slipway_sound-targets-test_entry.ts'), { recursive: true, force: true });
  });

  /** Code that synthesizes two targets, of which only the second holds what was asked for, and tells which of them it judges. */
  const write = (comment: string): void => {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(
      ENTRY,
      `import { synthIfTouched } from '../../lib/output/command-line';
const [root = '', text = '', ...args] = process.argv.slice(2);
const place = (environment: string) => ({ environment, region: { name: 'local' } });
synthIfTouched(args, root, () => ({
  targets: [place('dev'), place('prod')],
  build: ({ environment, region }) => {
    const data = environment === 'dev' ? {} : { text };
    const manifests = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data }];
    return { environment, region: region.name, apps: [{ name: 'llm', namespace: 'llm', manifests }] };
  },
  check: ({ environment }) => {
    console.log(environment);
    return [];
  },
  report: () => [],
  summarize: () => undefined,
  deliver: () => [],
  checkDelivery: () => {
    console.log(${JSON.stringify(comment)});
    return [];
  },
  unresolved: () => [],
}));
`,
    );
  };

  const judged = (...args: string[]): string[] => {
    writeFileSync(join(root, 'touched'), '');
    const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, '../../tools/run.cjs'), ENTRY, root, ...args], {
      encoding: 'utf8',
    });
    if (!stderr.includes('2 targets')) throw new Error(stderr);
    return stdout.trim().split('\n');
  };

  test('judges the targets that differ from the last time, and always the fleet', () => {
    write('fleet');

    expect(judged('text')).toEqual(['dev', 'prod', 'fleet']);
    expect(judged('text')).toEqual(['fleet']);
    expect(judged('other text')).toEqual(['prod', 'fleet']);
  });

  test('judges every target after any change of the code', () => {
    write('fleet');
    judged('text');
    write('fleet of new code');

    expect(judged('text')).toEqual(['dev', 'prod', 'fleet of new code']);
  });

  test.each(['--check', '--require-digests'])('judges every target when it runs with %s', (option) => {
    write('fleet');
    judged('text');

    expect(judged('text')).toEqual(['fleet']);
    expect(judged('text', option)).toEqual(['dev', 'prod', 'fleet']);
  });
});
