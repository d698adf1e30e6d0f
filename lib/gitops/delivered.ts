import { clusterOf, type Target } from '../environments/environment';
import { isClusterScoped } from '../kubernetes/cluster-scoped';
import type { Manifest } from '../kubernetes/manifest';
import type { SynthesizedApp } from '../kubernetes/synthesized';
import type { Addon } from './addons/addon';
import type { DeliverySettings } from './delivery-settings';
import { type GroupKind, groupKindOf } from './group-kind';

/** What Argo CD must know of one target. Small, so that a fleet's worth of them may be held when the manifests are long gone. */
export interface DeliveredTarget {
  readonly environment: string;
  readonly region: string;

  /** Name under which Argo CD knows the cluster. */
  readonly cluster: string;

  /** Place of the region in the order of its environment, from 1. */
  readonly ring: number;

  readonly settings: DeliverySettings;
  readonly apps: readonly DeliveredApp[];
  readonly addons: readonly Addon[];
}

/** What Argo CD must know of one app of a target. */
export interface DeliveredApp {
  readonly name: string;
  readonly namespace: string;

  /** Namespaces of its objects. */
  readonly namespaces: readonly string[];

  /** Kinds of its namespaced objects. */
  readonly kinds: readonly GroupKind[];

  /** Its cluster-scoped objects. */
  readonly clusterScoped: readonly { readonly kind: GroupKind; readonly name: string }[];

  /** Workloads whose replicas belong to an autoscaler or to Flagger. */
  readonly scaled: readonly ScaledWorkload[];
}

/** A workload whose replicas somebody else than Git decides. */
export interface ScaledWorkload {
  readonly kind: GroupKind;
  readonly namespace: string;
  readonly name: string;
}

/** Regions of an environment in the order in which they receive a pin. */
export type Rings = readonly (readonly string[])[];

/**
 * What delivery keeps of a target after its synthesis.
 *
 * @throws {RangeError} if no ring holds the target's region
 */
export function deliveredTarget(target: Target, rings: Rings, apps: readonly SynthesizedApp[], addons: readonly Addon[]): DeliveredTarget {
  const { environment, region, delivery } = target;
  const ring = rings.findIndex((regions) => regions.includes(region.name)) + 1;
  if (ring === 0) throw new RangeError(`Cannot deliver "${environment}/${region.name}" as every region has a ring: add it to one`);
  return {
    environment,
    region: region.name,
    cluster: clusterOf(target),
    ring,
    settings: delivery,
    apps: apps.map(deliveredApp),
    addons,
  };
}

function deliveredApp({ name, namespace, manifests }: SynthesizedApp): DeliveredApp {
  const namespaced = manifests.filter((manifest) => !isClusterScoped(manifest));
  const clusterScoped = manifests.filter((manifest) => isClusterScoped(manifest));
  return {
    name,
    namespace,
    namespaces: [...new Set([namespace, ...namespaced.map(({ metadata }) => metadata.namespace ?? namespace)])],
    kinds: [...new Set(namespaced.map(groupKindOf))],
    clusterScoped: clusterScoped.map((manifest) => ({ kind: groupKindOf(manifest), name: manifest.metadata.name })),
    scaled: namespaced.flatMap((manifest) => scaledBy(manifest, namespace)),
  };
}

function scaledBy({ kind, metadata, spec }: Manifest, namespace: string): ScaledWorkload[] {
  const target = { HorizontalPodAutoscaler: spec?.scaleTargetRef, Canary: spec?.targetRef }[kind];
  if (target === undefined) return [];
  return [{ kind: groupKindOf(target), namespace: metadata.namespace ?? namespace, name: target.name }];
}
