import type { Rule } from '../rule';
import { accelerated, accelerators, DEFAULT_DEADLINE, NODE_AND_IMAGE, startSeconds } from '../startup';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

const FIT = 'slipway.dev/fit';

/** Seconds of a large model's cold start beside loading: compiling, warming up, capturing graphs. Its own budget adds half as much again. */
const COLD_ENGINE = 390;

export const startsFitDeadlines: Rule = {
  id: 'starts-fit-deadlines',
  title: 'An engine may start as long as its model loads, and a rollout may wait as long as its pods start.',
  why: 'The liveness probe restarts an engine that is still loading, again and again; and a Deployment whose deadline is shorter than its start is reported as Degraded.',
  fix: 'Take startup probe and deadline from engineBudgets() of lib/models/engine-budgets.ts, or from startupSeconds of WebService (lib/workloads/web-service.ts).',
  *check(target) {
    const released = new Set(target.releases.map(({ workload }) => workload));
    for (const workload of target.workloads) {
      const { object } = workload;
      if (accelerated(workload) && object.kind !== 'DaemonSet') {
        for (const [field, message] of engineFaults(workload, target)) yield { object, field, message };
      }
      if (object.kind !== 'Deployment' || released.has(workload)) continue; // release-can-roll asks more of these
      const deadline = object.spec?.progressDeadlineSeconds ?? DEFAULT_DEADLINE;
      const start = startSeconds(workload) + NODE_AND_IMAGE;
      if (deadline >= start) continue;
      yield {
        object,
        field: '/spec/progressDeadlineSeconds',
        message: `is ${deadline}, less than the ${start} seconds that a new node, the image and the startup probe may take`,
      };
    }
  },
};

function* engineFaults(workload: Workload, target: TargetIndex): Iterable<readonly [field: string, message: string]> {
  if (workload.object.kind === 'Job' || workload.object.kind === 'CronJob') return;
  for (const { spec, field } of workload.containers) {
    const gpus = accelerators(spec);
    if (gpus === 0) continue;
    if (spec.startupProbe === undefined) {
      yield [`${field}/startupProbe`, 'is missing: the liveness probe would restart the engine while it loads its model'];
      continue;
    }
    const weights = Number(/([\d.]+) weights\b/.exec(workload.object.metadata.annotations?.[FIT] ?? '')?.[1]);
    const readMiBps = target.facts?.region.platform.storage.shared.readMiBps;
    if (Number.isNaN(weights) || readMiBps === undefined) continue;
    const load = Math.round((weights * gpus * 1024) / readMiBps);
    const start = startSeconds(workload);
    if (start >= load + COLD_ENGINE) continue;
    const message = `allows ${start} seconds, but loading the model takes ${load} at ${readMiBps} MiB/s, and a cold engine ${COLD_ENGINE} more`;
    yield [`${field}/startupProbe`, message];
  }
}
