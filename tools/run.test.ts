import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const FOLDER = '.slipway/run-test';
const ENTRY = `${FOLDER}/entry.ts`;

beforeEach(() => mkdirSync(join(ROOT, FOLDER), { recursive: true }));
afterEach(() => {
  rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
  rmSync(join(ROOT, '.slipway/run', ENTRY.replaceAll('/', '_')), { recursive: true, force: true });
});

const put = (name: string, text: string): void => writeFileSync(join(ROOT, FOLDER, name), text);

function run(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['tools/run.cjs', ENTRY, ...args], { cwd: ROOT });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    told.stdout += text;
  });
  child.stderr.on('data', (text) => {
    told.stderr += text;
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...told })));
}

test('runs TypeScript with its arguments, first and again', async () => {
  put('entry.ts', "import { word } from './word';\nconsole.log(word satisfies string, process.argv.slice(2));\n");
  put('word.ts', "export const word: string = 'one';\n");

  for (const time of ['first', 'again']) {
    expect([time, await run('--a', 'b')]).toEqual([time, { status: 0, stdout: "one [ '--a', 'b' ]\n", stderr: '' }]);
  }
});

test('runs what the sources say now, even where size and time of a change are restored', async () => {
  put('entry.ts', "import { word } from './word';\nconsole.log(word);\n");
  put('word.ts', "export const word = 'one';\n");
  await new Promise((resolve) => setTimeout(resolve, 100));
  await run();
  const { atime, mtime } = statSync(join(ROOT, FOLDER, 'word.ts'));
  put('word.ts', "export const word = 'two';\n");
  utimesSync(join(ROOT, FOLDER, 'word.ts'), atime, mtime);

  expect((await run()).stdout).toBe('two\n');
});

test('runs right when several start at once after a change', async () => {
  for (const word of ['one', 'two']) {
    put('entry.ts', `console.log('${word}');\n`);
    const told = await Promise.all([run(), run(), run(), run()]);

    expect(told).toEqual(Array(4).fill({ status: 0, stdout: `${word}\n`, stderr: '' }));
  }
});

test('finds files beside a source', async () => {
  put(
    'entry.ts',
    "import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\nconsole.log(readFileSync(join(__dirname, 'a.txt'), 'utf8'));\n",
  );
  put('a.txt', 'beside');

  expect((await run()).stdout).toBe('beside\n');
});

test.each([
  ['thrown', "throw new RangeError('Cannot')"],
  ['rejected', "void Promise.reject(new RangeError('Cannot'))"],
])('fails with the lines of the sources in the stack: %s', async (_, statement) => {
  put('entry.ts', `interface Nothing {}\n\nfunction fail(_: Nothing) {\n  ${statement};\n}\nfail({});\n`);
  const { status, stdout, stderr } = await run();

  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^RangeError: Cannot\n +at fail \(\.slipway\/run-test\/entry\.ts:4:\d+\)\n +at .*\.slipway\/run-test\/entry\.ts:6:1/,
  );
});

test.each([
  ['let a = ;\n', 'entry.ts:1:8'],
  ["import './gone';\n", 'entry.ts:1:7'],
])('fails with the place of what cannot be bundled: %j', async (text, place) => {
  put('entry.ts', text);
  const { status, stderr } = await run();

  expect(status).toBe(1);
  expect(stderr).toContain(`${FOLDER}/${place}`);
  expect(stderr).not.toContain('    at ');
});
