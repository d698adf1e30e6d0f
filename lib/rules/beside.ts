import { parentPort, workerData } from 'node:worker_threads';

import { read, type WrittenApp } from '../kubernetes/shared-objects';
import { answerQuestions } from '../threads/answers';
import { findProblems } from './check-target';
import type { RuledTarget } from './target-index';

/** A target as another thread takes it. */
export interface WrittenTarget extends Omit<RuledTarget, 'apps' | 'files'> {
  readonly apps: readonly WrittenApp[];
}

// What runs in a second thread of a synth. The question: does a target keep every rule?
if (parentPort !== null) {
  const keepsRules = ({ apps, ...target }: WrittenTarget) => findProblems({ ...target, apps: read(apps) }).length === 0;
  answerQuestions(parentPort, workerData, keepsRules);
}
