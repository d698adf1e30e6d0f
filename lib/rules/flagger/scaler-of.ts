import type { Manifest } from '../../kubernetes/manifest';
import type { Release } from '../canary';
import { record } from '../fields';
import type { TargetIndex } from '../target-index';

const KINDS: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'HorizontalPodAutoscaler.autoscaling',
  ScaledObject: 'ScaledObject.keda.sh',
};

/** The autoscaler of a release: it scales the canary's pods, and Flagger copies it for the primary. */
export function scalerOf({ canary, namespace, autoscaler }: Release, target: TargetIndex): Manifest | undefined {
  const kind = KINDS[record(canary.spec).autoscalerRef?.kind];
  return kind === undefined || autoscaler === undefined ? undefined : target.find(kind, namespace, autoscaler);
}

/** Fewest and most pods that an autoscaler allows. */
export function bounds({ spec }: Manifest): { readonly min: number; readonly max: number } {
  return { min: spec?.minReplicas ?? spec?.minReplicaCount ?? 1, max: spec?.maxReplicas ?? spec?.maxReplicaCount ?? 1 };
}
