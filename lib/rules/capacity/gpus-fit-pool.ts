import type { Rule } from '../rule';
import type { Demand } from './demand';

export const gpusFitPool: Rule = {
  id: 'gpus-fit-pool',
  title: 'At their busiest, in the middle of a release, all model servers of a region fit the GPUs of its pool.',
  why: 'A pod that finds no GPU stays Pending until the deadline, and Flagger takes that for a failed version: every release is rolled back.',
  fix: 'Lower replicas.max or canaryReplicas.max in lib/environments/<environment>.ts, or enlarge the pool in lib/environments/regions.ts.',
  *check(target) {
    if (target.facts === undefined) return;
    const { name: region, gpuPool } = target.facts.region;
    const demands = target.demands.map((demand) => ({ ...demand, gpus: gpusOf(demand) })).filter(({ gpus }) => gpus > 0);
    const most = (gpuPool?.maxNodes ?? 0) * (gpuPool?.gpusPerNode ?? 0);
    const pool = gpuPool === undefined ? 'none' : `${most} ${gpuPool.gpu} (${gpuPool.maxNodes} nodes with ${gpuPool.gpusPerNode})`;

    const all = demands.reduce((sum, { gpus, pods }) => sum + gpus * pods, 0);
    for (const { decidedBy: object, field, gpus, pods, because, name } of demands) {
      if (all > most) {
        const share = demands.length > 1 ? `, and all model servers together ${all}` : '';
        const message = `lets ${name} grow to ${pods} pods (${because}) with ${gpus} GPU${gpus === 1 ? '' : 's'} each: ${gpus * pods}${share}, but ${region} has ${pool}`;
        yield { object, field, message };
      } else if (gpuPool !== undefined && gpus <= gpuPool.gpusPerNode) {
        const perNode = Math.floor(gpuPool.gpusPerNode / gpus);
        const nodes = Math.ceil(pods / perNode);
        if (nodes <= gpuPool.maxNodes) continue;
        const message = `lets ${name} grow to ${pods} pods (${because}), of which a node of ${region} holds ${perNode}: ${nodes} nodes, but the pool has ${gpuPool.maxNodes}`;
        yield { object, field, message };
      }
    }
  },
};

/** Whatever the vendor: device plugins name their resources `vendor/device`. */
function gpusOf({ requests }: Demand): number {
  for (const resource in requests) if (resource.endsWith('/gpu')) return requests[resource] ?? 0;
  return 0;
}
