import { record, records } from '../fields';
import { key } from '../object-key';
import type { Rule } from '../rule';
import { scalers } from '../scalers';
import type { Workload } from '../workload';

export const rollsWithoutGap: Rule = {
  id: 'rolls-without-gap',
  title: 'A Deployment that serves on CPUs starts a new pod before it stops an old one.',
  why: 'By default a quarter of the pods may be missing during a rollout, and with Recreate all of them are.',
  fix: 'Set strategy.rollingUpdate.maxUnavailable to 0, as WebService of lib/workloads/web-service.ts does; pods with GPUs or a volume that one pod holds at a time are excepted.',
  *check(target) {
    const most = new Map<string, number>();
    for (const { object, kind, namespace, name } of scalers(target)) most.set(key(kind, namespace, name), Number(object.spec?.maxReplicas));

    for (const workload of target.workloads) {
      const { object, namespace } = workload;
      if (object.kind !== 'Deployment' || !serves(workload) || holdsAlone(workload)) continue;
      const { type = 'RollingUpdate', rollingUpdate } = record(object.spec?.strategy);
      const replicas = most.get(key('Deployment.apps', namespace, object.metadata.name)) ?? object.spec?.replicas ?? 1;
      const gap = type === 'RollingUpdate' ? absent(rollingUpdate?.maxUnavailable ?? '25%', replicas) : replicas;
      if (gap === 0) continue;
      const message = `allows ${gap} of ${replicas} pods to be missing during a rollout`;
      yield { object, field: '/spec/strategy', message };
    }
  },
};

/** Kubernetes rounds a share down. */
const absent = (unavailable: unknown, replicas: number): number =>
  typeof unavailable === 'number' ? unavailable : Math.floor((Number.parseInt(String(unavailable), 10) / 100) * replicas);

const serves = ({ containers }: Workload): boolean => containers.some(({ spec, init }) => !init && records(spec.ports).length > 0);

/** Whether a second pod might find no place beside the first: it needs a GPU, or a claim that the first one holds. */
function holdsAlone({ containers, pod }: Workload): boolean {
  const claims = records(pod.volumes).some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
  return claims || containers.some(({ spec }) => Object.keys(spec.resources?.limits ?? {}).some((resource) => resource.includes('/')));
}
