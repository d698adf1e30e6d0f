import { type PodMetric, podMetrics } from '../../observability/engine-metrics';
import { PROMETHEUS_URL } from '../../observability/prometheus';
import type { NodePool } from '../../regions/region';
import { placed } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights } from './addon';

const url = new URL(PROMETHEUS_URL);

/**
 * Serves metrics of engines to autoscalers.
 *
 * @param nodes those that it runs on where there is room
 */
export const prometheusAdapter = (nodes: NodePool): Addon => ({
  name: 'prometheus-adapter',
  // Not beside Prometheus: its caller is the API server, which no policy of that namespace could name.
  namespace: 'monitoring-system',
  source: {
    kind: 'chart',
    repository: 'https://prometheus-community.github.io/helm-charts',
    chart: 'prometheus-adapter',
    version: '5.3.0',
    release: 'prometheus-adapter',
    values: {
      prometheus: { url: `${url.protocol}//${url.hostname}`, port: Number(url.port) },
      ...placed({ pool: nodes }),
      // The chart's own rules publish every series of the cluster.
      rules: { default: false, custom: podMetrics.map(rule) },
    },
  },
  installs: {
    kinds: controllerKinds,
    clusterKinds: [...controllerRights, 'apiregistration.k8s.io/APIService'],
    definitions: [],
    kubeSystem: true,
  },
});

/** A pod runs one engine, so the sum is its value, and stays one series when the engine's labels change. */
function rule({ name, series }: PodMetric): object {
  return {
    seriesQuery: `${series}{namespace!="",pod!=""}`,
    resources: { overrides: { namespace: { resource: 'namespace' }, pod: { resource: 'pod' } } },
    name: { as: name },
    metricsQuery: 'sum by (<<.GroupBy>>) (<<.Series>>{<<.LabelMatchers>>})',
  };
}
