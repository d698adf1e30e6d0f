import type { Environment } from './environment';
import { germanyWestCentralInit } from './regions';

/** A first installation: everything that the other environments stand on, once, small, and nothing that needs a GPU. */
export const init: Environment = {
  name: 'init',
  delivery: { removal: 'cascade' },
  targets: [
    {
      region: germanyWestCentralInit,
      foundation: {
        quotas: {
          edge: { cpus: 4, memoryGiB: 8, pods: 12 },
          kiva: { cpus: 4, memoryGiB: 8, pods: 12 },
          litellm: { cpus: 4, memoryGiB: 8, pods: 12 },
          monitoring: { cpus: 1, memoryGiB: 1, pods: 5 },
        },
      },
      edge: {
        replicas: 1,
        regionalHost: 'init.kiva.example.com',
        reachedBy: 'cluster',
        tls: { kind: 'internal-ca' },
        requestsPerMinute: 600,
      },
      litellm: {
        scale: { kind: 'fixed', replicas: 1 },
        size: 'low',
        database: { instances: 1, sizeGiB: 10 },
        cache: { replicas: 0, sizeGiB: 2 },
        consolePath: '/litellm',
      },
      kiva: {
        replicas: 1,
        size: 'low',
        database: { instances: 1, sizeGiB: 10 },
        cache: { replicas: 0, sizeGiB: 2 },
        filesGiB: 100,
        requestsPerMinute: 6000,
      },
    },
  ],
};
