import { groupOf, type Manifest } from '../kubernetes/manifest';
import type { TargetIndex } from './target-index';

/** An object that changes the replicas or the size of a workload's pods. */
export interface Scaler {
  readonly object: Manifest;

  /** Where the workload is named. */
  readonly field: string;

  /** Kind of the workload, such as `Deployment.apps`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What resizes pods, or only tells how large they should be. */
export const VERTICAL = 'VerticalPodAutoscaler.autoscaling.k8s.io';

/** Its modes in which no pod that runs is touched. */
export const RECOMMENDING: readonly unknown[] = ['Off', 'Initial'];

const SCALERS = [
  { of: 'HorizontalPodAutoscaler.autoscaling', reference: 'scaleTargetRef' },
  { of: 'ScaledObject.keda.sh', reference: 'scaleTargetRef' },
  { of: VERTICAL, reference: 'targetRef' },
] as const;

/** Every autoscaler of a target; one that only recommends must find its workload as well. */
export function* scalers(target: TargetIndex): Iterable<Scaler> {
  for (const { of, reference } of SCALERS) {
    for (const object of target.all(of)) {
      const { apiVersion = 'apps/v1', kind = 'Deployment', name } = object.spec?.[reference] ?? {};
      const group = groupOf({ apiVersion: String(apiVersion) });
      const qualified = group === '' ? String(kind) : `${kind}.${group}`;
      yield { object, field: `/spec/${reference}`, kind: qualified, namespace: object.metadata.namespace ?? '', name: String(name) };
    }
  }
}
