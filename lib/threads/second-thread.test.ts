import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SecondThread } from './second-thread';

const ROOT = join(__dirname, '../..');
const FOLDER = '.slipway/second-thread-test';
const ENTRY = join(ROOT, FOLDER, 'entry.ts');

beforeEach(() => mkdirSync(join(ROOT, FOLDER), { recursive: true }));
afterEach(() => {
  rmSync(join(ROOT, FOLDER), { recursive: true });
  rmSync(join(ROOT, '.slipway/run', `${FOLDER}/entry.ts`.replaceAll('/', '_')), { recursive: true, force: true });
});

/** Code that answers as it is told to. */
const ANSWERING = `import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../../lib/threads/answers';

if (parentPort !== null) answerQuestions(parentPort, workerData, (question: string) => {
  if (question === 'throw') throw new Error('a mistake');
  if (question === 'exit') process.exit(1);
  if (question === 'hang') for (;;);
  if (question === 'crash') queueMicrotask(() => { throw new Error('nobody catches this'); });
  return question === 'yes';
});
`;

/** What a thread answers. Its code is written just now, so it must not be older than the test. */
function answers(code: string, questions: readonly string[], olderThanMs = Date.now() + 1000): readonly boolean[] {
  writeFileSync(ENTRY, code);
  const thread = new SecondThread(ENTRY, questions.length, olderThanMs);
  try {
    return questions.map((question) => thread.ask(question)).map((isYes) => isYes());
  } finally {
    thread.end();
  }
}

test('answers each question in its turn, also when many wait', () => {
  const questions = ['yes', 'no', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'no', 'yes'];

  expect(answers(ANSWERING, questions)).toEqual(questions.map((question) => question === 'yes'));
});

test('a mistake in one answer is no yes, and the next question is answered', () => {
  expect(answers(ANSWERING, ['yes', 'throw', 'yes'])).toEqual([true, false, true]);
});

test.each([
  ['ends early', 'exit'],
  ['crashes', 'crash'],
])('nobody waits for a thread that %s', (_, question) => {
  expect(answers(ANSWERING, ['yes', question, 'yes', 'yes', 'yes'])).toEqual([true, false, false, false, false]);
});

test.each([
  ['cannot be bundled', 'let a = ;'],
  ['fails at its start', "throw new Error('early');"],
  ['ends at once', ''],
])('nobody waits for code that %s', (_, code) => {
  expect(answers(code, ['yes', 'yes'])).toEqual([false, false]);
});

test('code that was touched after the process began answers nothing', () => {
  expect(answers(ANSWERING, ['yes'], performance.timeOrigin)).toEqual([false]);
});

test('a thread that hangs is waited for once, however many questions it leaves open', () => {
  writeFileSync(ENTRY, ANSWERING);
  const thread = new SecondThread(ENTRY, 5, Date.now() + 1000, 3000);
  const start = Date.now();
  const answers = ['hang', 'yes', 'yes', 'yes', 'yes'].map((question) => thread.ask(question)).map((isYes) => isYes());
  thread.end();

  expect(answers).toEqual([false, false, false, false, false]);
  expect(Date.now() - start).toBeLessThan(2 * 3000);
});
