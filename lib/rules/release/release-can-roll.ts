import { type Data, record } from '../fields';
import type { Rule } from '../rule';
import type { Workload } from '../workload';

/** Seconds that Kubernetes and Flagger wait for progress when nothing is written. */
const DEFAULT_DEADLINE = 600;

export const releaseCanRoll: Rule = {
  id: 'release-can-roll',
  title: 'A released Deployment rolls, and both deadlines grant its pods the time that their probes grant them.',
  why: 'Flagger takes a passed deadline for a failed version: one that is shorter than the start of a pod rolls every release back.',
  fix: 'Derive both progressDeadlineSeconds from the start-up budget of the model.',
  *check(target) {
    for (const { canary, workload } of target.releases) {
      if (workload === undefined) continue;
      const { strategy, progressDeadlineSeconds } = record(workload.object.spec);
      if ((strategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') {
        yield { object: workload.object, field: '/spec/strategy/type', message: `is ${strategy.type}, not RollingUpdate` };
      }
      const start = startSeconds(workload);
      for (const [object, deadline] of [
        [workload.object, progressDeadlineSeconds],
        [canary, canary.spec?.progressDeadlineSeconds],
      ]) {
        if ((deadline ?? DEFAULT_DEADLINE) >= start) continue;
        const message = `is ${deadline ?? `${DEFAULT_DEADLINE} by default`}, less than the ${start} seconds that the startup probe grants`;
        yield { object, field: '/spec/progressDeadlineSeconds', message };
      }
    }
  },
};

/** How long the slowest container may take to start before it is killed. */
const startSeconds = ({ containers }: Workload): number =>
  Math.max(0, ...containers.map(({ spec }) => probeSeconds(record(spec.startupProbe))));

const probeSeconds = ({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 0 }: Data): number =>
  initialDelaySeconds + periodSeconds * failureThreshold;
