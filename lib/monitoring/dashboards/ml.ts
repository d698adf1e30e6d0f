import type { OwnNamespace } from '../../kubernetes/namespaces';
import type { Dashboard, Row } from '../../observability/dashboard';
import type { ModelMetrics } from '../../observability/model-metrics';

const MODELS = 'ml' satisfies OwnNamespace;
const SERVER = `namespace="${MODELS}"`;

const autoscaler = (metric: string) => `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_${metric}{${SERVER}})`;

/** What KServe serves: as clients see it at the gateway, as the servers of the models count it, and as it scales. */
export const ml = (metrics: ModelMetrics): Dashboard => ({
  uid: 'ml',
  title: 'Models (KServe)',
  variables: [{ name: 'route', label: metrics.route, metric: `${metrics.requests}{${metrics.ofAll(MODELS)}}` }],
  rows: [
    atGateway(metrics),
    {
      title: 'In the servers',
      panels: [
        {
          title: 'Prediction, p95',
          unit: 's',
          description: "Of KServe's own servers; Triton tells its mean beside it",
          queries: {
            '{{model_name}}': `histogram_quantile(0.95, sum by (le, model_name) (rate(request_predict_seconds_bucket{${SERVER}}[5m])))`,
          },
        },
        {
          title: 'Mean in Triton',
          unit: 's',
          queries: Object.fromEntries(
            ['queue', 'request'].map((part) => [
              `{{model}} ${part}`,
              `sum by (model) (rate(nv_inference_${part}_duration_us{${SERVER}}[5m])) / (sum by (model) (rate(nv_inference_request_success{${SERVER}}[5m])) > 0) / 1000000`,
            ]),
          ),
        },
        {
          title: 'Failures in Triton',
          unit: 'reqps',
          queries: { '{{model}}': `sum by (model) (rate(nv_inference_request_failure{${SERVER}}[5m]))` },
        },
      ],
    },
    {
      title: 'Replicas',
      panels: [
        {
          title: 'Running, and at most',
          unit: 'short',
          queries: {
            '{{horizontalpodautoscaler}}': autoscaler('status_current_replicas'),
            '{{horizontalpodautoscaler}} at most': autoscaler('spec_max_replicas'),
          },
        },
        {
          title: 'Not ready',
          unit: 'short',
          limit: 1,
          queries: {
            '{{deployment}}': `max by (deployment) (kube_deployment_status_replicas_unavailable{${SERVER}, deployment=~".+-predictor.*"})`,
          },
        },
        {
          title: 'Processors in use',
          unit: 'short',
          queries: { '{{pod}}': `sum by (pod) (rate(container_cpu_usage_seconds_total{${SERVER}, container="kserve-container"}[5m]))` },
        },
      ],
    },
  ],
});

/** What clients see. */
function atGateway({ requests: counter, latency: histogram, code, route, ofAll }: ModelMetrics): Row {
  const chosen = `${ofAll(MODELS)}, ${route}=~"$route"`;
  const latency = (share: number) => `histogram_quantile(${share}, sum by (le, ${route}) (rate(${histogram}{${chosen}}[5m]))) / 1000`;
  const requests = (codes = '') => `sum by (${route}) (rate(${counter}{${chosen}${codes}}[5m]))`;

  return {
    title: 'At the gateway',
    panels: [
      {
        title: 'Requests',
        unit: 'reqps',
        queries: { [`{{${route}}} {{${code}}}`]: `sum by (${route}, ${code}) (rate(${counter}{${chosen}}[5m]))` },
      },
      {
        title: 'Answered with an error',
        unit: 'percentunit',
        limit: 0.05,
        queries: { [`{{${route}}}`]: `(${requests(`, ${code}=~"5.."`)} or vector(0)) / (${requests()} > 0)` },
      },
      { title: 'Answers', unit: 's', queries: { [`{{${route}}} p50`]: latency(0.5), [`{{${route}}} p95`]: latency(0.95) } },
    ],
  };
}
