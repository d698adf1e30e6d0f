import { uniqueObjects } from '../objects/unique-objects';
import type { FleetRule } from '../rule';

export const deliveryObjectsUnique: FleetRule = {
  id: 'delivery-objects-unique',
  title: 'Every object of argocd/ is defined once, and in the namespace of Argo CD.',
  why: 'Of two definitions the root Application applies the last one; an Application in another namespace is ignored by Argo CD.',
  fix: 'Rename one of the two; write metadata.namespace: argocd.',
  *checkFleet({ hub }) {
    yield* uniqueObjects.check(hub);
    for (const object of hub.objects) {
      if (object.metadata.namespace === 'argocd') continue;
      yield { object, field: '/metadata/namespace', message: `is ${object.metadata.namespace ?? 'nothing'}, not argocd` };
    }
  },
};
