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

const SCALERS = [
  { of: 'HorizontalPodAutoscaler.autoscaling', reference: 'scaleTargetRef' },
  { of: 'ScaledObject.keda.sh', reference: 'scaleTargetRef' },
  { of: 'VerticalPodAutoscaler.autoscaling.k8s.io', reference: 'targetRef' },
] as const;

/** Every autoscaler of a target; one in mode `Off` only recommends, but must find its workload as well. */
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
