import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { Answer, type Beginning, END } from './answers';
import { RUNNING } from './running-code';

/** Most questions that wait for an answer: each holds the objects of a target. */
const MOST_WAITING = 3;

const LAUNCHER = join(__dirname, '../../tools/second-thread.cjs');

/**
 * A thread that answers questions while the first one goes on. Whatever keeps it from saying yes, be it a no, a mistake or a crash, means
 * that nobody knows: then the first thread has to find out by itself.
 */
export class SecondThread {
  /** Whether there may be one: it runs bundled code, which can be told from what was touched since, and a single core gains nothing. */
  public static readonly isPossible = RUNNING !== undefined && availableParallelism() > 1;

  private readonly answers: Int32Array;
  private readonly worker: Worker;
  private asked = 0;
  private isLost = false;

  constructor(
    /** TypeScript file that calls `answerQuestions`. */
    file: string,

    /** How many questions there can be. */
    most: number,

    /**
     * Files that were touched later are not run, ms since 1970.
     *
     * @default - when this process began
     */
    olderThanMs = performance.timeOrigin,

    /**
     * Time after which an answer is not waited for any longer, ms. The first one includes that the thread's code is bundled.
     *
     * @default 30000
     */
    private readonly patienceMs = 30_000,
  ) {
    this.answers = new Int32Array(new SharedArrayBuffer(most * Int32Array.BYTES_PER_ELEMENT));
    const workerData: Beginning = { answers: this.answers, olderThanMs };
    this.worker = new Worker(LAUNCHER, { argv: [file], workerData, stdout: true, stderr: true });
    // What fails there is found here again, and told.
    this.worker.on('error', () => undefined);
  }

  /**
   * Asks a question, once few others wait for their answers.
   *
   * @returns waits for the answer, and tells whether it is yes
   */
  public ask(question: unknown): () => boolean {
    const number = this.asked;
    if (number >= MOST_WAITING) this.isYes(number - MOST_WAITING);
    this.asked += 1;
    this.worker.postMessage(question);
    return () => this.isYes(number);
  }

  /** Lets the thread end. It may finish what it does after its last answer, but nobody waits for an answer that is missing. */
  public end(): void {
    const isSilent = this.answers.subarray(0, this.asked).includes(Answer.open);
    if (isSilent) void this.worker.terminate();
    else this.worker.postMessage(END);
  }

  private isYes(number: number): boolean {
    // A thread that hangs is waited for once, not once for every question.
    if (!this.isLost) this.isLost = Atomics.wait(this.answers, number, Answer.open, this.patienceMs) === 'timed-out';
    return Atomics.load(this.answers, number) === Answer.yes;
  }
}
