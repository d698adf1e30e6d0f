import type { MessagePort } from 'node:worker_threads';

/** What a second thread needs to begin. */
export interface Beginning {
  /** One place for each question, in the order in which they are asked. */
  readonly answers: Int32Array;

  /** Code that was touched later may not be what the first thread runs, ms since 1970. */
  readonly olderThanMs: number;
}

/** What is known of a question. [tools/second-thread.cjs](../../tools/second-thread.cjs) writes `unknown` for all that a thread leaves open. */
export const Answer = { open: 0, yes: 1, unknown: 2 } as const;

/** What the first thread sends when it has no more questions. */
export const END = 'end';

/**
 * Answers questions in turn, until the first thread has no more. No answer is `no`: the first thread finds out by itself what to tell.
 *
 * @param isYes may throw, which answers nothing
 */
export function answerQuestions<Question>(port: MessagePort, { answers }: Beginning, isYes: (question: Question) => boolean): void {
  let asked = 0;
  port.on('message', (question: Question | typeof END) => {
    if (question === END) {
      port.close();
      return;
    }
    const number = asked;
    asked += 1;
    Atomics.store(answers, number, attempt(() => isYes(question)) ? Answer.yes : Answer.unknown);
    Atomics.notify(answers, number);
  });
}

function attempt(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}
