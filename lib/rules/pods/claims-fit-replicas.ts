import { records } from '../fields';
import { key } from '../object-key';
import type { Rule } from '../rule';
import { scalers } from '../scalers';

const ONE_NODE = new Set(['ReadWriteOnce', 'ReadWriteOncePod']);

export const claimsFitReplicas: Rule = {
  id: 'claims-fit-replicas',
  title: 'A claim that one node can mount belongs to a Deployment with one pod at a time.',
  why: 'A second pod on another node waits for the volume without end, also during a rolling update.',
  fix: 'Take a storage class with ReadWriteMany (MODEL_SHARED of lib/kubernetes/storage-classes.ts), or one replica, no autoscaler and the strategy Recreate.',
  *check(target) {
    const scaled = new Set<string>();
    for (const { object, kind, namespace, name } of scalers(target)) {
      if (!(object.spec?.maxReplicas <= 1) && object.kind !== 'VerticalPodAutoscaler') scaled.add(key(kind, namespace, name));
    }
    for (const { canary, namespace, target: name } of target.releases) {
      if (canary.spec?.targetRef?.kind === 'Deployment') scaled.add(key('Deployment.apps', namespace, name));
    }

    for (const { object, namespace, pod, field } of target.workloads) {
      if (object.kind !== 'Deployment') continue;
      const alone = object.spec?.strategy?.type === 'Recreate' && (object.spec.replicas ?? 1) <= 1;
      if (alone && !scaled.has(key('Deployment.apps', namespace, object.metadata.name))) continue;
      for (const [i, { persistentVolumeClaim }] of records(pod.volumes).entries()) {
        const name = persistentVolumeClaim?.claimName;
        const modes = target.find('PersistentVolumeClaim', namespace, String(name))?.spec?.accessModes;
        if (name === undefined || !Array.isArray(modes) || !modes.every((mode) => ONE_NODE.has(mode))) continue;
        const message = `names "${name}", which only one node can mount (${modes.join(', ')}), but several pods would`;
        yield { object, field: `${field}/volumes/${i}/persistentVolumeClaim/claimName`, message };
      }
    }
  },
};
