import type { Dashboard } from '../../observability/dashboard';
import { engineMetrics as metrics } from '../../observability/engine-metrics';

const MODEL = 'model_name=~"$model"';
const POD = `${MODEL}, pod=~"$pod"`;

const quantile = (share: number, bucket: string): string =>
  `histogram_quantile(${share}, sum by (le, model_name) (rate(${bucket}{${POD}}[5m])))`;
const quantiles = (bucket: string): Record<string, string> => ({
  '{{model_name}} half': quantile(0.5, bucket),
  '{{model_name}} 95 %': quantile(0.95, bucket),
  '{{model_name}} 99 %': quantile(0.99, bucket),
});
const rate = (metric: string, by: string): string => `sum by (${by}) (rate(${metric}{${POD}}[5m]))`;

/** What vLLM says about itself: how long users wait, what limits it, what fails. */
export const engine: Dashboard = {
  uid: 'engine',
  title: 'Engine (vLLM)',
  variables: [
    { name: 'model', metric: metrics.running, label: 'model_name' },
    { name: 'pod', metric: metrics.running },
  ],
  rows: [
    {
      title: 'What users wait for',
      panels: [
        { title: 'First token', unit: 's', queries: quantiles(metrics.timeToFirstToken) },
        { title: 'From token to token', unit: 's', queries: quantiles(metrics.interTokenLatency) },
        { title: 'Whole request', unit: 's', queries: quantiles(metrics.requestLatency) },
      ],
    },
    {
      title: 'Load',
      panels: [
        {
          title: 'Requests in the engine',
          unit: 'short',
          queries: {
            '{{pod}} running': `sum by (pod) (${metrics.running}{${POD}})`,
            '{{pod}} waiting': `sum by (pod) (${metrics.waiting}{${POD}})`,
          },
        },
        { title: 'Wait for a place in the batch', unit: 's', queries: quantiles(metrics.queueTime) },
        {
          title: 'Tokens per second',
          unit: 'cps',
          queries: { '{{pod}} read': rate(metrics.promptTokens, 'pod'), '{{pod}} written': rate(metrics.generatedTokens, 'pod') },
        },
      ],
    },
    {
      title: 'Memory for keys and values',
      panels: [
        { title: 'In use', unit: 'percentunit', limit: 0.95, queries: { '{{pod}}': `max by (pod) (${metrics.cacheUsage}{${POD}})` } },
        { title: 'Requests begun again for lack of it', unit: 'cps', queries: { '{{pod}}': rate(metrics.preemptions, 'pod') } },
      ],
    },
    {
      title: 'How requests end',
      panels: [
        { title: 'By reason', unit: 'reqps', queries: { '{{finished_reason}}': rate(metrics.finished, 'finished_reason') } },
        {
          title: 'Share that ends in an error',
          unit: 'percentunit',
          limit: 0.05,
          queries: {
            errors: `(sum(rate(${metrics.finished}{${POD}, finished_reason="error"}[5m])) or vector(0)) / (sum(rate(${metrics.finished}{${POD}}[5m])) > 0)`,
          },
        },
        {
          title: 'Answers of the HTTP server',
          unit: 'reqps',
          queries: { '{{status}}': `sum by (status) (rate(${metrics.httpRequests}{pod=~"$pod"}[5m]))` },
        },
      ],
    },
  ],
};
