import type { k8s } from 'cdk8s-plus-27';

import type { NodePool } from '../regions/region';

/** Where pods go, and how their nodes obtain images. */
export interface Placement {
  /** Nodes that are meant for the pods. Other nodes serve as well: better there than nowhere. */
  readonly pool: NodePool;

  /** Secrets of the registries, where nodes have no identity of their own. */
  readonly imagePullSecrets: readonly string[];
}

/** What brings pods to their pool. */
export function placed({ pool }: Pick<Placement, 'pool'>): Pick<k8s.PodSpec, 'affinity' | 'tolerations'> {
  return { ...preferred(pool), ...(pool.taints.length === 0 ? {} : { tolerations: tolerations(pool) }) };
}

const TOPOLOGY = { zone: 'topology.kubernetes.io/zone', node: 'kubernetes.io/hostname' } as const;

/** What keeps the pods of one workload apart: over zones and nodes, or over zones alone. */
export function spread(
  selector: Readonly<Record<string, string>>,
  over: readonly (keyof typeof TOPOLOGY)[] = ['zone', 'node'],
): Pick<k8s.PodSpec, 'topologySpreadConstraints'> {
  return {
    topologySpreadConstraints: over.map((domain) => ({
      maxSkew: 1,
      topologyKey: TOPOLOGY[domain],
      // A zone that is full or gone must not keep a replica from starting elsewhere.
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { ...selector } },
    })),
  };
}

/** Tolerations of a pool's taints. */
export function tolerations({ taints }: NodePool): { key: string; operator: string; value?: string; effect: string }[] {
  return taints.map(({ key, value, effect }) =>
    value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect },
  );
}

function preferred({ labels }: NodePool): Pick<k8s.PodSpec, 'affinity'> {
  const matchExpressions = Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  if (matchExpressions.length === 0) return {};
  return {
    affinity: {
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: { matchExpressions } }] },
    },
  };
}
