import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const FOLDER = '.slipway/judge-test';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'judge-'));
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
  rmSync(join(ROOT, FOLDER), { recursive: true });
  for (const file of ['main.ts', 'beside.ts'])
    rmSync(join(ROOT, '.slipway/run', `${FOLDER}/${file}`.replaceAll('/', '_')), { recursive: true, force: true });
});

/** A synth of ten targets, of which one is wrong, beside a thread that takes what it is told to for right. Tells what it built and judged. */
function synth(besideIsSound: string, ...args: readonly string[]) {
  writeFileSync(
    join(ROOT, FOLDER, 'main.ts'),
    `import { join } from 'node:path';
import { synthIfTouched } from '../../lib/output/command-line';
const [root = '', ...args] = process.argv.slice(2);
const targets = Array.from({ length: 10 }, (_, number) => ({ environment: 'dev', region: { name: String(number) } }));
process.exitCode = synthIfTouched(args, root, () => ({
  targets,
  build: ({ environment, region: { name } }) => {
    console.log('build', name);
    return { environment, region: name, apps: [] };
  },
  check: ({ region }) => {
    console.log('check', region);
    return region === '4' ? ['region 4 is wrong'] : [];
  },
  beside: { file: join(__dirname, 'beside.ts'), question: ({ region }) => region },
  report: (findings) => findings,
  ruleOf: () => 'rule',
  summarize: () => undefined,
  deliver: () => [],
  checkDelivery: () => [],
  unresolved: () => [],
}));
`,
  );
  writeFileSync(
    join(ROOT, FOLDER, 'beside.ts'),
    `import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../../lib/threads/answers';
if (parentPort !== null) answerQuestions(parentPort, workerData, (region: string) => ${besideIsSound});
`,
  );
  // What is older than the process is what it runs.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/run.cjs', `${FOLDER}/main.ts`, root, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const told = stdout.trim().split('\n');
  const regions = (what: string) => told.filter((line) => line.startsWith(what)).map((line) => Number(line.split(' ')[1]));
  return { status, stderr, built: regions('build'), checked: regions('check') };
}

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const hasSecondCore = availableParallelism() > 1;

test.each([[[]], [['--check']]])('builds and judges again only what a second thread does not know to be right, with %j', (args) => {
  const { status, stderr, built, checked } = synth("region !== '4' && region !== '7'", ...args);

  expect(stderr).toMatch(/^region 4 is wrong\n\nCannot synthesize as 1 problem was found/);
  expect({ status, built, checked }).toEqual({
    status: 1,
    built: hasSecondCore ? [...ALL, 4, 7] : ALL,
    checked: hasSecondCore ? [4, 7] : ALL,
  });
});

test('judges every target by itself when the second thread fails', () => {
  const { status, stderr, checked } = synth('process.exit()');

  expect(stderr).toMatch(/^region 4 is wrong\n/);
  expect({ status, checked }).toEqual({ status: 1, checked: ALL });
});

test('remembers what the second thread found, and asks it no more', () => {
  const first = synth("region !== '4'");
  const second = synth("region !== '4'");

  expect(first.checked).toEqual(hasSecondCore ? [4] : ALL);
  expect(second.checked).toEqual([4]);
  expect(second.built.length).toBe(hasSecondCore ? 11 : 10);
});
