import { records } from '../fields';
import type { Rule } from '../rule';
import type { Workload } from '../workload';

export const rollsWithoutGap: Rule = {
  id: 'rolls-without-gap',
  title: 'A Deployment that serves on CPUs starts a new pod before it stops an old one.',
  why: 'By default a quarter of the pods may be missing during a rollout, and with Recreate all of them are.',
  fix: 'Set rollingUpdate.maxUnavailable: 0; GPUs and volumes that one pod holds at a time are excepted.',
  *check(target) {
    for (const workload of target.workloads) {
      if (workload.object.kind !== 'Deployment' || !serves(workload) || holdsAlone(workload)) continue;
      const { type = 'RollingUpdate', rollingUpdate } = workload.object.spec?.strategy ?? {};
      if (type === 'RollingUpdate' && (rollingUpdate?.maxUnavailable === 0 || rollingUpdate?.maxUnavailable === '0%')) continue;
      const message =
        type === 'RollingUpdate' ? `is ${rollingUpdate?.maxUnavailable ?? 'missing'}, not 0` : `is missing, as the strategy is ${type}`;
      yield { object: workload.object, field: '/spec/strategy/rollingUpdate/maxUnavailable', message };
    }
  },
};

const serves = ({ containers }: Workload): boolean => containers.some(({ spec, init }) => !init && records(spec.ports).length > 0);

/** Whether a second pod might find no place beside the first: it needs a GPU, or a claim that the first one holds. */
function holdsAlone({ containers, pod }: Workload): boolean {
  const claims = records(pod.volumes).some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
  return claims || containers.some(({ spec }) => Object.keys(spec.resources?.limits ?? {}).some((resource) => resource.includes('/')));
}
