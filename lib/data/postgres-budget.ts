import type { SizeName } from '../workloads/sizes';

/** What a consumer may open at the same time. */
export interface ConnectionDemand {
  readonly name: string;
  readonly connections: number;
}

/** What an instance asks for, and what PostgreSQL makes of it. */
export interface PostgresBudget {
  readonly cpu: { readonly request: string; readonly limit: string };
  readonly memoryMiB: { readonly request: number; readonly limit: number };

  /** Share of the memory that caches pages; PostgreSQL's manual: a quarter. */
  readonly sharedBuffersMiB: number;

  readonly maxConnections: number;
}

/** 2 GiB and one CPU, up to twice that, is what a primary of 50 GiB was planned with; `low` is for a handful of users. */
const RESOURCES = {
  low: { cpu: { request: '100m', limit: '1000m' }, memoryMiB: { request: 512, limit: 1024 } },
  high: { cpu: { request: '1000m', limit: '2000m' }, memoryMiB: { request: 2048, limit: 4096 } },
} as const;

/** PostgreSQL's own three for superusers, the instance manager, the exporter, and people who look into something. */
const RESERVED_CONNECTIONS = 20;

/** What a connection takes beside the shared buffers, MiB: about ten in use. */
const MIB_PER_CONNECTION = 10;

/**
 * Budgets an instance for its consumers: as many connections as all of them may open, and the memory for that.
 *
 * @throws RangeError if the connections do not fit in the memory of the size
 */
export function postgresBudget(size: SizeName, demands: readonly ConnectionDemand[]): PostgresBudget {
  const { cpu, memoryMiB } = RESOURCES[size];
  const sharedBuffersMiB = memoryMiB.request / 4;
  const demanded = demands.reduce((sum, { connections }) => sum + connections, RESERVED_CONNECTIONS);
  const affordable = Math.floor((memoryMiB.limit - sharedBuffersMiB) / MIB_PER_CONNECTION);

  if (demanded > affordable) {
    const shares = demands.map(({ name, connections }) => `${name} ${connections}`).join(' + ');
    throw new RangeError(
      `Cannot open "${demanded}" connections (${shares} + reserve ${RESERVED_CONNECTIONS}) to PostgreSQL of size ${size} as its ` +
        `${memoryMiB.limit} MiB less ${sharedBuffersMiB} MiB of shared buffers serve ${affordable}: take a larger size, smaller pools or fewer replicas`,
    );
  }
  return { cpu, memoryMiB, sharedBuffersMiB, maxConnections: 10 * Math.ceil(demanded / 10) };
}
