import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SynthesizedTarget } from '../kubernetes/synthesized';
import { synth } from './command-line';
import type { Plan } from './synthesis';

let root: string;
let told: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'synth-'));
  told = '';
});
afterEach(() => rmSync(root, { recursive: true }));

const terminal = {
  write: (text: string) => {
    told += text;
  },
};
const configMap = (name: string, text = '') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { text } });
const place = (environment: string, name: string) => ({ environment, region: { name } });
type Target = ReturnType<typeof place>;

const built = ({ environment, region }: Target): SynthesizedTarget => ({
  environment,
  region: region.name,
  apps: [{ name: 'llm', namespace: 'llm', manifests: [configMap('a'), configMap('b')] }],
});

/** A plan without problems: two targets of one app each, and a folder of argocd/ with an object for each target. */
const plan: Plan<Target, string, string> = {
  targets: [place('dev', 'local'), place('prod', 'eu-west-1')],
  build: built,
  check: () => [],
  report: (findings) => findings,
  ruleOf: (finding) => finding,
  summarize: ({ environment, region }) => `${environment}-${region.name}`,
  deliver: (names) => [{ name: 'prod', namespace: 'argocd', manifests: names.map((name) => configMap(name)) }],
  checkDelivery: () => [],
  unresolved: () => [],
};

const run = (args: string[] = [], changes: Partial<typeof plan> = {}): number =>
  synth(args, root, () => ({ ...plan, ...changes }), terminal);

const files = (): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.slipway'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();

describe('something else in place of a folder of output', () => {
  test.each<[string, () => void]>([
    ['a file', () => writeFileSync(join(root, 'dist'), 'notes')],
    ['a link', () => symlinkSync(tmpdir(), join(root, 'dist'))],
    ['a link', () => symlinkSync(join(root, 'nowhere'), join(root, 'dist'))],
  ])('is told in one message, and nothing changes: %s', (kind, make) => {
    make();

    expect(run()).toBe(1);
    expect(told).toMatch(
      new RegExp(`^Cannot write to "dist" as it is ${kind}, not a folder: move or remove it.*\n\nCannot synthesize as 1 problem was found`),
    );
    expect(existsSync(join(root, 'argocd'))).toBe(false);
  });

  test('is told beside what is wrong with settings', () => {
    writeFileSync(join(root, 'argocd'), 'notes');

    expect(
      synth(
        [],
        root,
        () => {
          throw Object.assign(new Error('wrong'), { problems: [{ message: 'Cannot use "x"' }] });
        },
        terminal,
      ),
    ).toBe(1);
    expect(told).toMatch(/^Cannot use "x"\nCannot write to "argocd" as it is a file/);
  });
});

describe('a synth without problems', () => {
  test('writes a folder for each app of each target, and what delivers them', () => {
    expect(run()).toBe(0);
    expect(files()).toEqual([
      'argocd/prod/ConfigMap.dev-local.yaml',
      'argocd/prod/ConfigMap.prod-eu-west-1.yaml',
      'dist/dev/local/llm/ConfigMap.a.yaml',
      'dist/dev/local/llm/ConfigMap.b.yaml',
      'dist/prod/eu-west-1/llm/ConfigMap.a.yaml',
      'dist/prod/eu-west-1/llm/ConfigMap.b.yaml',
    ]);
    expect(told).toMatch(/^2 targets, 6 objects: 6 files written, 0 removed, 0 unchanged; \d+\.\d s\n$/);
  });

  test('tells what it changed in one line', () => {
    run();
    told = '';
    const build = (target: Target) => ({ ...built(target), apps: [{ name: 'llm', namespace: 'llm', manifests: [configMap('a', 'new')] }] });

    expect(run([], { build, unresolved: () => [{ message: 'x' }] })).toBe(0);
    expect(told).toMatch(/^2 targets, 4 objects: 2 files written, 2 removed, 2 unchanged; 1 pin unresolved; \d+\.\d s\n$/);
  });

  test('names the files that it did not write', () => {
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist/notes.md'), '');

    expect(run()).toBe(0);
    expect(told).toContain('foreign  dist/notes.md (Slipway did not write it, so it stays)\n');
  });

  test('leaves a trace for the cdk8s CLI', () => {
    process.env['CDK8S_OUTDIR'] = join(root, '.synth');
    try {
      run();
    } finally {
      delete process.env['CDK8S_OUTDIR'];
    }

    expect(readFileSync(join(root, '.synth/summary.yaml'), 'utf8')).toMatch(
      /^# Synthesized by Slipway into dist\/ and argocd\/, not here: 2 targets, .*\n$/,
    );
  });

  test('shows progress on a terminal once a second has passed', () => {
    const clock = jest.spyOn(process, 'uptime').mockImplementation(() => clock.mock.calls.length);
    synth([], root, () => plan, { ...terminal, isTTY: true });
    clock.mockRestore();

    expect(told).toContain('\r\x1b[K1 of 2 targets, now prod/eu-west-1');
    expect(told.split('\r\x1b[K').at(-1)).toMatch(/^2 targets, .*\n$/);
  });
});

describe('a synth with problems', () => {
  const refusal = (text: string) => () => {
    throw new RangeError(text);
  };
  const untouched = () => expect(files()).toEqual([]);

  test('writes nothing and tells all of them at once', () => {
    const build = (target: Target) => {
      if (target.environment === 'dev') throw new RangeError('Cannot fit "llama" on one GPU as it is too large: use two');
      return built(target);
    };
    const check = ({ environment }: SynthesizedTarget) => [`${environment}: no digest`];

    expect(run([], { build, check })).toBe(1);
    expect(told).toMatch(
      /^dev\/local: Cannot fit "llama" on one GPU as it is too large: use two \(.*command-line\.test\.ts:\d+:\d+\)\nprod: no digest\n\nCannot synthesize as 2 problems were found by 1 rule of docs\/rules.md: begin with the first one, from which others may follow; dist\/ and argocd\/ are as they were\n$/,
    );
    untouched();
  });

  test('tells a problem of several targets once', () => {
    expect(run([], { build: refusal('Cannot do it') })).toBe(1);
    expect(told).toMatch(/^\{dev\/local,prod\/eu-west-1\}: Cannot do it \(.*\)\n\nCannot synthesize as 1 problem was found/);
  });

  test('tells what is wrong with the data that the plan is made of', () => {
    const problems = [{ message: 'releases/prod.yaml:1:1 Cannot a' }, { message: 'releases/prod.yaml:2:1 Cannot b' }];
    const broken = (): never => {
      throw Object.assign(new Error('both'), { problems });
    };

    expect(synth([], root, broken, terminal)).toBe(1);
    expect(told).toBe(
      'releases/prod.yaml:1:1 Cannot a\nreleases/prod.yaml:2:1 Cannot b\n\nCannot synthesize as 2 problems were found: begin with the first one, from which others may follow; dist/ and argocd/ are as they were\n',
    );
  });

  test('shows the whole way to an error that nobody expected', () => {
    run([], { build: refusal('x is undefined') });

    expect(told).toMatch(/RangeError: x is undefined\n +at .*\n +at /);
  });

  test('does not define the delivery of targets that are wrong', () => {
    const deliver = jest.fn(plan.deliver);
    run([], { check: () => ['wrong'], deliver });

    expect(deliver).not.toHaveBeenCalled();
  });

  test('writes no target when the delivery fails', () => {
    expect(run([], { deliver: refusal('Cannot deliver') })).toBe(1);
    expect(told).toMatch(/^argocd: Cannot deliver \(/);
    untouched();
  });

  test('leaves what is there as it is', () => {
    run();
    const before = files().map((file) => readFileSync(join(root, file), 'utf8'));
    const build = (target: Target) => ({ ...built(target), apps: [{ name: 'llm', namespace: 'llm', manifests: [configMap('a', 'new')] }] });

    expect(run([], { build, deliver: refusal('Cannot deliver') })).toBe(1);
    expect(files().map((file) => readFileSync(join(root, file), 'utf8'))).toEqual(before);
    expect(readdirSync(join(root, '.slipway'))).toEqual(['ledger']);
  });

  test('names every file of a person that is in the way', () => {
    mkdirSync(join(root, 'dist/dev/local/llm'), { recursive: true });
    for (const name of ['a', 'b']) writeFileSync(join(root, `dist/dev/local/llm/ConfigMap.${name}.yaml`), 'mine');

    expect(run()).toBe(1);
    expect(told).toContain('Cannot write "dist/dev/local/llm/ConfigMap.a.yaml" as something that Slipway did not write');
    expect(told).toContain('Cannot write "dist/dev/local/llm/ConfigMap.b.yaml" as something that Slipway did not write');
    expect(existsSync(join(root, 'dist/prod'))).toBe(false);
  });

  test('refuses pins without a digest where digests are required', () => {
    const unresolved = () => [{ message: 'releases/prod.yaml:3:5 Cannot deploy image "vllm" by its digest' }];

    expect(run(['--require-digests'], { unresolved })).toBe(1);
    expect(told).toContain('releases/prod.yaml:3:5 Cannot deploy image "vllm" by its digest\n');
    untouched();
  });
});

describe('--check', () => {
  test('finds nothing after a synth', () => {
    run();
    told = '';

    expect(run(['--check'])).toBe(0);
    expect(told).toMatch(/^2 targets, 6 objects: dist\/ and argocd\/ are what synth writes; \d+\.\d s\n$/);
  });

  test('lists every difference and writes nothing', () => {
    run();
    writeFileSync(join(root, 'argocd/mine.yaml'), '');
    rmSync(join(root, 'dist/dev/local/llm/ConfigMap.a.yaml'));
    writeFileSync(join(root, 'dist/dev/local/llm/ConfigMap.b.yaml'), '# Synthesized by Slipway\n');
    writeFileSync(join(root, 'dist/dev/local/llm/ConfigMap.c.yaml'), '# Synthesized by Slipway\n');
    const before = files();
    told = '';

    expect(run(['--check'])).toBe(1);
    expect(told).toBe(
      [
        'foreign  argocd/mine.yaml',
        'missing  dist/dev/local/llm/ConfigMap.a.yaml',
        'differs  dist/dev/local/llm/ConfigMap.b.yaml',
        'stale    dist/dev/local/llm/ConfigMap.c.yaml',
        'Cannot confirm that dist/ and argocd/ are current as 4 files differ from what synth writes: run "npm run synth", and move foreign files away\n',
      ].join('\n'),
    );
    expect(files()).toEqual(before);
  });
});

describe('the command line', () => {
  test.each([[['--chek']], [['--check', 'prod']], [['--check=yes']]])('refuses what it does not know: %j', (args) => {
    expect(run(args)).toBe(2);
    expect(told).toBe(`Cannot understand "${args.at(-1)}" as an option: use --check, --require-digests, --help\n`);
    expect(files()).toEqual([]);
  });

  test('explains itself and does nothing else', () => {
    expect(run(['--help'])).toBe(0);
    expect(told).toMatch(/^Usage: npm run synth/);
    expect(files()).toEqual([]);
  });
});
