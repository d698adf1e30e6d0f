import type { Size, SizeName } from '../workloads/sizes';

/** What a member asks for, and what MongoDB makes of it. */
export interface MongoBudget {
  readonly resources: Size;

  /** Memory that caches pages, GB. */
  readonly cacheGB: number;

  /** Connections that a member accepts. */
  readonly maxConnections: number;
}

/** A member of `low` is for a handful of users; `high` has what a primary of PostgreSQL has. */
const SIZES = {
  low: { cpu: { request: '100m', limit: '1000m' }, memoryMiB: { request: 512, limit: 1024 } },
  high: { cpu: { request: '1000m', limit: '2000m' }, memoryMiB: { request: 2048, limit: 4096 } },
} as const;

/** MongoDB's manual: half of the memory beyond the first GiB caches pages, and a quarter of a GiB where that is less. */
const UNCACHED_MIB = 1024;
const SMALLEST_CACHE_MIB = 256;

/** What a connection may take beside the cache, MiB: one for its stack, as much for what it works on. */
const MIB_PER_CONNECTION = 2;

/** Budgets a member: what fits in its memory is written, for MongoDB would go by a node's where it does not see the limit. */
export function mongoBudget(size: SizeName): MongoBudget {
  const { cpu, memoryMiB } = SIZES[size];
  const cacheMiB = Math.max((memoryMiB.limit - UNCACHED_MIB) / 2, SMALLEST_CACHE_MIB);
  return {
    resources: {
      requests: { cpu: cpu.request, memory: `${memoryMiB.request}Mi` },
      limits: { cpu: cpu.limit, memory: `${memoryMiB.limit}Mi` },
    },
    cacheGB: cacheMiB / 1024,
    maxConnections: Math.floor((memoryMiB.limit - cacheMiB) / MIB_PER_CONNECTION),
  };
}
