import { record } from '../fields';
import type { Rule } from '../rule';
import { DEFAULT_DEADLINE, NODE_AND_IMAGE, startSeconds } from '../startup';

export const releaseCanRoll: Rule = {
  id: 'release-can-roll',
  title: 'A released Deployment rolls, and both deadlines grant its pods a node, the image and the time that their probes grant them.',
  why: 'Flagger takes a passed deadline for a failed version: one that is shorter than the start of a pod rolls every release back.',
  fix: 'Derive both progressDeadlineSeconds from the start-up budget of the model.',
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
        const message = `is ${deadline ?? `${DEFAULT_DEADLINE} by default`}, less than the ${start} seconds of node, image and startup probe`;
        yield { object, field: '/spec/progressDeadlineSeconds', message };
      }
    }
  },
};
