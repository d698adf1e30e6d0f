import type { Manifest } from '../../kubernetes/manifest';
import { primary, type Release } from '../canary';
import { record, sameData } from '../fields';
import type { Problem, Rule } from '../rule';

const HPA = 'HorizontalPodAutoscaler.autoscaling';

export const flaggerOwns: Rule = {
  id: 'flagger-owns',
  title: 'Git holds no object that Flagger makes and changes.',
  why: 'Argo CD and Flagger undo each other: a sync during an analysis resets the weights, the selector or the template of the stable version.',
  fix: 'Remove the object, as Flagger makes it from the Canary. A HorizontalPodAutoscaler for the primary may stay in Git if it says exactly what Flagger would write.',
  *check(target) {
    for (const [id, canary] of target.created) {
      const [kind = '', namespace = '', name = ''] = id.split('/');
      const object = target.find(kind, namespace, name);
      if (object !== undefined && kind !== HPA) {
        yield {
          object,
          field: '/metadata/name',
          message: `is "${name}", an object that Flagger creates for Canary/${canary.metadata.name}`,
        };
      }
    }
    for (const release of target.releases) {
      if (release.autoscaler === undefined) continue;
      const copy = target.find(HPA, release.namespace, primary(release.autoscaler));
      const original = target.find(HPA, release.namespace, release.autoscaler);
      if (copy !== undefined && original !== undefined) yield* differences(release, original, copy);
    }
    for (const external of target.all('ExternalSecret.external-secrets.io')) {
      const name = external.spec?.target?.name ?? external.metadata.name;
      const namespace = external.metadata.namespace ?? '';
      for (const { canary, workload } of target.releases) {
        if (workload === undefined || canary.metadata.namespace !== namespace) continue;
        const source = String(name).replace(/-primary$/, '');
        if (source === name || !target.secrets.has(`${namespace}/${source}`)) continue;
        const message = `is "${name}", which is what Flagger calls its copy of Secret "${source}"`;
        yield { object: external, field: '/spec/target/name', message };
      }
    }
  },
};

/** Flagger writes the copy again at each promotion: whatever differs would change by itself then. */
function* differences({ canary, target }: Release, original: Manifest, copy: Manifest): Iterable<Problem> {
  const scaler = record(canary.spec?.autoscalerRef?.primaryScalerReplicas);
  const wanted = {
    scaleTargetRef: { ...record(original.spec?.scaleTargetRef), name: primary(target) },
    minReplicas: scaler.minReplicas ?? original.spec?.minReplicas,
    maxReplicas: scaler.maxReplicas ?? original.spec?.maxReplicas,
    metrics: original.spec?.metrics,
    behavior: original.spec?.behavior,
  };
  for (const [field, value] of Object.entries(wanted)) {
    if (sameData(copy.spec?.[field], value)) continue;
    const message = `differs from ${JSON.stringify(value)}, which Flagger would write at the next promotion`;
    yield { object: copy, field: `/spec/${field}`, message };
  }
}
