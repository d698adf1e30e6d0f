import type { GpuPool, NodePool, Region } from '../../regions/region';
import type { TargetIndex } from '../target-index';
import { type Amounts, add, podSize } from './pod-size';

/** What a node of a pool leaves for pods of ours. */
export interface NodeOffer {
  /** How messages call the pool: `GPU pool (g6e.12xlarge)`. */
  readonly name: string;
  readonly pool: NodePool;
  readonly amounts: Amounts;
}

const GIB = 2 ** 30;

/**
 * Shares of a node's memory that kubelet and the operating system keep, by size: 25 % of the first 4 GiB, 20 % of the next 4
 * and so on. GKE's and AKS' documented reservation, the largest among the clouds.
 */
const MEMORY_RESERVED: readonly (readonly [upToGib: number, share: number])[] = [
  [4, 0.25],
  [8, 0.2],
  [16, 0.1],
  [128, 0.06],
  [Number.POSITIVE_INFINITY, 0.02],
];

/** The same of processors: 6 % of the first, 1 % of the second, less of the others. */
const CPUS_RESERVED: readonly (readonly [upTo: number, share: number])[] = [
  [1, 0.06],
  [2, 0.01],
  [4, 0.005],
  [Number.POSITIVE_INFINITY, 0.0025],
];

/** Pods on every node that a cluster brings: network, kube-proxy, drivers of volumes, exporters. */
const DAEMONS = { cpu: 0.5, memory: 0.75 * GIB };

/** What each pool of a region offers, less what the system and the DaemonSets of the target take. */
export function offersOf({ cpuPool, systemPool, modelPool, gpuPool }: Region, target: TargetIndex): readonly NodeOffer[] {
  const daemons: Record<string, number> = {};
  for (const { object, pod } of target.workloads) if (object.kind === 'DaemonSet') add(daemons, podSize(pod));

  const offer = (kind: string, pool: NodePool | GpuPool): NodeOffer => ({
    name: `${kind} pool (${pool.instanceType})`,
    pool,
    amounts: {
      cpu: pool.cpus - reserved(pool.cpus, CPUS_RESERVED) - DAEMONS.cpu - (daemons.cpu ?? 0),
      memory: (pool.memoryGiB - reserved(pool.memoryGiB, MEMORY_RESERVED)) * GIB - DAEMONS.memory - (daemons.memory ?? 0),
      gpu: 'gpusPerNode' in pool ? pool.gpusPerNode : 0,
    },
  });
  const others: [string, NodePool | undefined][] = [
    ['model', modelPool],
    ['GPU', gpuPool],
  ];
  return [
    offer('CPU', cpuPool),
    offer('system', systemPool),
    ...others.flatMap(([kind, pool]) => (pool === undefined ? [] : [offer(kind, pool)])),
  ];
}

function reserved(total: number, shares: typeof CPUS_RESERVED): number {
  let sum = 0;
  let from = 0;
  for (const [upTo, share] of shares) {
    sum += Math.max(0, Math.min(total, upTo) - from) * share;
    from = upTo;
  }
  return sum;
}
