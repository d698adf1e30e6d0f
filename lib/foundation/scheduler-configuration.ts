import { stringify } from 'yaml';

const API_VERSION = 'kubescheduler.config.k8s.io/v1';

/** How much a full node counts, by what fills it: the GPUs are what it costs. */
const WEIGHTS = { 'nvidia.com/gpu': 100, cpu: 10, memory: 10 } as const;

/**
 * Configuration of a scheduler with one profile, of its own name. Everything else is as the cluster's: filters, spread over zones,
 * volumes, preemption.
 *
 * @param name name of the profile, and of the lease by which replicas agree on the one that schedules
 */
export function schedulerConfiguration(name: string, namespace: string): string {
  return stringify({
    apiVersion: API_VERSION,
    kind: 'KubeSchedulerConfiguration',
    leaderElection: { leaderElect: true, resourceLock: 'leases', resourceName: name, resourceNamespace: namespace },
    profiles: [
      {
        schedulerName: name,
        // Evenly used nodes are the opposite of full ones.
        plugins: { score: { disabled: [{ name: 'NodeResourcesBalancedAllocation' }] } },
        pluginConfig: [
          {
            name: 'NodeResourcesFit',
            args: {
              apiVersion: API_VERSION,
              kind: 'NodeResourcesFitArgs',
              scoringStrategy: {
                type: 'MostAllocated',
                resources: Object.entries(WEIGHTS).map(([resource, weight]) => ({ name: resource, weight })),
              },
            },
          },
        ],
      },
    ],
  });
}
