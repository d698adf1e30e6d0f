import { problemAt } from '../delivered';
import { type Data, record } from '../fields';
import type { FleetRule } from '../rule';
import { addonReleases, VALUES } from './addon-releases';

/** Where users depend on what runs. */
const PRODUCTION = 'prod';

/** How many pods a chart is told to run, in which field, and what waits for them. */
interface Pods {
  readonly field: string;
  readonly least: unknown;
  readonly waits: string;
}

/** Charts of what every request or every new pod passes. Each runs one pod unless it is told otherwise. */
const CHARTS: Readonly<Record<string, (values: Data) => Pods>> = {
  kong: (values) => scaled(values, 'every request to its gateway'),
  gateway: ({ autoscaling = { enabled: true }, ...values }) => scaled({ ...values, autoscaling }, 'every request to its gateway'),
  istiod: ({ autoscaleEnabled = true, autoscaleMin, replicaCount }) => {
    const field = autoscaleEnabled === false ? '/replicaCount' : '/autoscaleMin';
    return { field, least: autoscaleEnabled === false ? replicaCount : autoscaleMin, waits: 'every new pod of the mesh' };
  },
  kyverno: ({ admissionController }) => ({
    ...{ field: '/admissionController/replicas', least: record(admissionController).replicas, waits: 'the judgement of every new pod' },
  }),
};

function scaled({ replicaCount, autoscaling }: Data, waits: string): Pods {
  const { enabled, minReplicas } = record(autoscaling);
  return enabled === true
    ? { field: '/autoscaling/minReplicas', least: minReplicas, waits }
    : { field: '/replicaCount', least: replicaCount, waits };
}

export const addonsOutlastDrains: FleetRule = {
  id: 'addons-outlast-drains',
  title: 'In production, what every request or every new pod passes runs more than once, and no budget keeps a node from being drained.',
  why: 'Nodes are drained for upgrades every few weeks: with a single pod, nothing answers until another has started elsewhere. A budget that lets no pod go stops the drain, and with it the upgrade of the nodes.',
  fix: 'Give it a second replica, by edge.replicas in lib/environments/<environment>.ts or in lib/gitops/addons/.',
  *checkFleet(fleet) {
    for (const { delivered, chart, cluster, values } of addonReleases(fleet)) {
      const pods = Object.hasOwn(CHARTS, chart) ? CHARTS[chart]?.(values) : undefined;
      const { enabled, maxUnavailable, minAvailable } = record(values['podDisruptionBudget']);
      const budget = `${VALUES}/podDisruptionBudget`;
      if (enabled !== false && ['0', '0%'].includes(String(maxUnavailable)))
        yield problemAt(delivered, `${budget}/maxUnavailable`, `is ${maxUnavailable}: no node with a pod of it could be drained`);
      if (enabled !== false && (minAvailable === '100%' || Number(minAvailable) >= Number(pods?.least ?? Number.POSITIVE_INFINITY)))
        yield problemAt(
          delivered,
          `${budget}/minAvailable`,
          `is ${minAvailable}, all that there are: no node with a pod of it could be drained`,
        );
      if (fleet.clusters.get(cluster)?.environment !== PRODUCTION) continue;
      if (pods === undefined || Number(pods.least ?? 1) >= 2) continue;
      const written = pods.least === undefined ? 'missing, which is 1' : JSON.stringify(pods.least);
      yield problemAt(delivered, `${VALUES}${pods.field}`, `is ${written}: ${pods.waits} on ${cluster} waits while its node is drained`);
    }
  },
};
