import { key } from '../object-key';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';
import { primaryScale } from './demand';

export const budgetsLetDrain: Rule = {
  id: 'budgets-let-drain',
  title: 'Whatever runs in several pods has a disruption budget, and every budget lets one pod go and keeps another.',
  why: 'A budget that allows no eviction blocks every drain, so that upgrades of nodes hang; without a budget a drain may take all pods at once.',
  fix: 'Write a PodDisruptionBudget with maxUnavailable: 1 that selects slipway.dev/workload, as WebService of lib/workloads/web-service.ts does.',
  *check(target) {
    const covered = new Set<unknown>();
    for (const { object, field, selected } of target.selections) {
      if (object.kind !== 'PodDisruptionBudget' || field !== '/spec/selector') continue;
      const { minAvailable, maxUnavailable } = object.spec ?? {};
      for (const workload of new Set(selected.map((pods) => pods.object))) {
        covered.add(workload);
        const pods = target.workloads.find((each) => each.object === workload);
        const kept = pods === undefined ? undefined : keptPods(pods, target);
        if (kept === undefined) continue;
        const evictable = maxUnavailable === undefined ? kept - rounded(minAvailable, kept) : rounded(maxUnavailable, kept);
        const [at, value] = maxUnavailable === undefined ? ['minAvailable', minAvailable] : ['maxUnavailable', maxUnavailable];
        const of = `${workload?.kind}/${workload?.metadata.name}`;
        if (evictable < 1) {
          yield {
            object,
            field: `/spec/${at}`,
            message: `is ${value}: of the ${kept} pod${kept === 1 ? '' : 's'} of ${of}, none could be evicted, and no node drained`,
          };
        } else if (kept > 1 && evictable >= kept) {
          yield { object, field: `/spec/${at}`, message: `is ${value}: all ${kept} pods of ${of} could be evicted at once` };
        }
      }
    }
    for (const workload of target.workloads) {
      const kept = keptPods(workload, target);
      if (kept === undefined || kept < 2 || covered.has(workload.object)) continue;
      yield { object: workload.object, field: '', message: `keeps ${kept} pods, but no PodDisruptionBudget selects them` };
    }
  },
};

/** The fewest pods that a workload is kept at; undefined where it keeps none for long. */
function keptPods({ object, namespace }: Workload, target: TargetIndex): number | undefined {
  const scale = target.scales.get(key(`${object.kind}.apps`, namespace, object.metadata.name));
  if (scale === undefined) return undefined;
  const release = target.releases.find(({ workload }) => workload?.object === object);
  return release === undefined ? scale.min : primaryScale(release, scale).min;
}

/** Kubernetes rounds the shares of a budget up, of either kind. */
const rounded = (value: unknown, pods: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(String(value), 10) / 100) * pods) || 0;
