/**
 * Runs a TypeScript file in a second thread: see lib/threads/second-thread.ts. However the thread ends, nobody waits for it in vain.
 */
const { workerData } = require('node:worker_threads');

const UNKNOWN = 2;

process.once('exit', () => {
  for (let number = 0; number < workerData.answers.length; number += 1) {
    Atomics.compareExchange(workerData.answers, number, 0, UNKNOWN);
    Atomics.notify(workerData.answers, number);
  }
});
require('./run.cjs');
