import type { Manifest } from '../../kubernetes/manifest';
import { primary } from '../canary';
import { key } from '../object-key';
import type { Rule } from '../rule';
import { RECOMMENDING, scalers } from '../scalers';

export const oneScalerPerWorkload: Rule = {
  id: 'one-scaler-per-workload',
  title: 'One autoscaler decides on a workload, or Git says how many replicas there are, and never both.',
  why: 'Two autoscalers undo each other, and Argo CD sets the replicas of Git back at every sync: a canary that Flagger scaled to zero comes back and keeps its GPUs. Where nobody decides, one pod serves.',
  fix: 'Leave spec.replicas out and keep one autoscaler, or write it where there is none; for a released Deployment that is the one in autoscalerRef of its Canary.',
  *check(target) {
    const scaled = new Map<string, Manifest>();
    for (const { object, field, kind, namespace, name } of scalers(target)) {
      if (RECOMMENDING.includes(object.spec?.updatePolicy?.updateMode)) continue;
      const workload = key(kind, namespace, name);
      const other = scaled.get(workload);
      if (other !== undefined)
        yield { object, field, message: `names "${name}", which ${other.kind}/${other.metadata.name} scales as well` };
      scaled.set(workload, object);
    }

    for (const { canary, namespace, target: name, autoscaler } of target.releases) {
      const own = scaled.get(key('Deployment.apps', namespace, name));
      if (own !== undefined && own.metadata.name !== autoscaler) {
        const message = `scales "${name}", but Canary/${canary.metadata.name} does not name it as autoscalerRef: the primary would not be scaled`;
        yield { object: own, field: '/metadata/name', message };
      }
      const other = scaled.get(key('Deployment.apps', namespace, primary(name)));
      if (other !== undefined && autoscaler !== undefined && other.metadata.name !== primary(autoscaler)) {
        const message = `scales "${primary(name)}" as "${primary(autoscaler)}" of Flagger does`;
        yield { object: other, field: '/spec/scaleTargetRef/name', message };
      }
      scaled.set(key('Deployment.apps', namespace, name), canary);
    }

    for (const { object, namespace } of target.workloads) {
      const scaler = scaled.get(key(`${object.kind}.apps`, namespace, object.metadata.name));
      if (scaler === undefined && object.kind === 'Deployment' && object.spec?.replicas === undefined)
        yield { object, field: '/spec', message: 'says nothing of replicas, and nobody scales it: one pod would serve' };
      if (scaler === undefined || scaler.kind === 'VerticalPodAutoscaler' || object.spec?.replicas === undefined) continue;
      yield { object, field: '/spec/replicas', message: `is set, but ${scaler.kind}/${scaler.metadata.name} sets the replicas` };
    }
  },
};
