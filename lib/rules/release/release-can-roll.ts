import { record } from '../fields';
import type { Rule } from '../rule';
import { DEFAULT_DEADLINE, NODE_AND_IMAGE, startSeconds } from '../startup';

export const releaseCanRoll: Rule = {
  id: 'release-can-roll',
  title: 'A released Deployment rolls, and both deadlines grant its pods a node, the image and the time that their probes grant them.',
  why: 'Flagger takes a passed deadline for a failed version: if it is shorter than the start of a pod, every release is rolled back.',
  fix: 'Derive both progressDeadlineSeconds from engineBudgets() of lib/models/engine-budgets.ts.',
  *check(target) {
    for (const { canary, workload } of target.releases) {
      if (workload === undefined) continue;
      const { strategy, progressDeadlineSeconds } = record(workload.object.spec);
      if ((strategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') {
        yield { object: workload.object, field: '/spec/strategy/type', message: `is ${strategy.type}, not RollingUpdate` };
      }
      const start = NODE_AND_IMAGE + startSeconds(workload);
      for (const [object, deadline] of [
        [workload.object, progressDeadlineSeconds],
        [canary, canary.spec?.progressDeadlineSeconds],
      ]) {
        if ((deadline ?? DEFAULT_DEADLINE) >= start) continue;
        const message = `is ${deadline ?? `${DEFAULT_DEADLINE} by default`}, less than the ${start} seconds that a new node, the image and the startup probe may take`;
        yield { object, field: '/spec/progressDeadlineSeconds', message };
      }
    }
  },
};
