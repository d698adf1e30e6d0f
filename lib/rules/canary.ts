import type { Manifest } from '../kubernetes/manifest';
import { record } from './fields';
import type { TargetIndex } from './target-index';
import type { Workload } from './workload';

/** A Canary, with the names that Flagger derives from it. */
export interface Release {
  readonly canary: Manifest;
  readonly namespace: string;

  /** Name of the Deployment that is released. */
  readonly target: string;

  /** The Deployment itself, when it exists. */
  readonly workload: Workload | undefined;

  /** Name of the Service and the route that lead to the primary. */
  readonly apex: string;

  /** The traffic provider, as written. */
  readonly provider: string;

  /** Name of the autoscaler that Flagger copies. */
  readonly autoscaler: string | undefined;

  /** The one label that tells canary and primary pods apart. */
  readonly label: string;
}

/** Flagger's default for `-selector-labels`: the first of them in the Deployment's selector decides. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** Reads what a Canary releases. */
export function releaseOf(canary: Manifest, target: TargetIndex): Release {
  const { targetRef, service, autoscalerRef, provider } = record(canary.spec);
  const namespace = canary.metadata.namespace ?? '';
  const name = String(targetRef?.name);
  const deployment = target.find('Deployment.apps', namespace, name);
  const matchLabels = record(deployment?.spec?.selector?.matchLabels);

  return {
    canary,
    namespace,
    target: name,
    workload: target.workloads.find(({ object }) => object === deployment),
    apex: typeof service?.name === 'string' ? service.name : name,
    provider: String(provider),
    autoscaler: typeof autoscalerRef?.name === 'string' ? autoscalerRef.name : undefined,
    label: SELECTOR_LABELS.find((label) => label in matchLabels) ?? 'app.kubernetes.io/name',
  };
}

/** What Flagger names the object that belongs to the stable version. */
export const primary = (name: string): string => `${name}-primary`;
