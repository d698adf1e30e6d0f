import type { Dashboard } from '../../observability/dashboard';
import { liteLlmMetrics as metrics } from '../../observability/litellm-metrics';

const WHERE = 'namespace=~"$namespace", requested_model=~"$model"';

const rate = (metric: string, by: string): string => `sum by (${by}) (rate(${metric}{${WHERE}}[5m]))`;
const slowest = (bucket: string): string => `histogram_quantile(0.95, sum by (le, requested_model) (rate(${bucket}{${WHERE}}[5m])))`;

/** LiteLLM writes no name that clients know beside its own part. */
const ofItself = (metric: string): string => `sum by (namespace) (rate(${metric}{namespace=~"$namespace"}[5m]))`;

/** What clients of the LLM gateway get, who they are, and what they spend. */
export const liteLlm: Dashboard = {
  uid: 'litellm',
  title: 'LiteLLM',
  variables: [
    { name: 'namespace', metric: metrics.requests },
    { name: 'model', metric: metrics.requests, label: 'requested_model' },
  ],
  rows: [
    {
      title: 'Requests',
      panels: [
        { title: 'By model', unit: 'reqps', queries: { '{{requested_model}}': rate(metrics.requests, 'requested_model') } },
        { title: 'By status', unit: 'reqps', queries: { '{{status_code}}': rate(metrics.requests, 'status_code') } },
        {
          title: 'Failures by kind',
          unit: 'reqps',
          queries: { '{{exception_status}} {{exception_class}}': rate(metrics.failed, 'exception_status, exception_class') },
        },
      ],
    },
    {
      title: 'How long they take',
      panels: [
        { title: 'Whole request, 95 %', unit: 's', queries: { '{{requested_model}}': slowest(metrics.latency) } },
        { title: 'Of that, the model, 95 %', unit: 's', queries: { '{{requested_model}}': slowest(metrics.modelLatency) } },
        {
          title: 'Of that, LiteLLM itself, on average',
          unit: 's',
          limit: 1,
          queries: { '{{namespace}}': `${ofItself(metrics.overheadSum)} / (${ofItself(metrics.overheadCount)} > 0)` },
        },
      ],
    },
    {
      title: 'Who uses how much',
      panels: [
        { title: 'Tokens asked', unit: 'cps', queries: { '{{api_key_alias}}': rate(metrics.inputTokens, 'api_key_alias') } },
        { title: 'Tokens answered', unit: 'cps', queries: { '{{api_key_alias}}': rate(metrics.outputTokens, 'api_key_alias') } },
      ],
    },
  ],
};
