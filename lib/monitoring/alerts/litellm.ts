import type { Alert } from '../../observability/alert-rules';
import { liteLlmMetrics as metrics } from '../../observability/litellm-metrics';

/** LiteLLM, wherever it stands in front of models: by the names of its Services. */
const UP = 'up{service=~"litellm-service|llm-proxy"}';

/** What clients of the LLM gateway notice, by the namespace that it runs in. */
export const liteLlmAlerts: readonly Alert[] = [
  {
    name: 'LiteLlmErrors',
    // What clients do wrong has a status of 4xx and wakes nobody.
    expr: `sum by (namespace) (rate(${metrics.failed}{exception_status=~"5.."}[5m])) / (sum by (namespace) (rate(${metrics.requests}[5m])) > 0) > 0.05`,
    ...{ for: '5m', severity: 'page' },
    summary: 'More than 5 % of the requests to LiteLLM in {{ $labels.namespace }} fail',
    description:
      'Every client of a model gets errors. If one model fails alone, look at its engine; if all do, at the database and the cache.',
  },
  {
    name: 'LiteLlmSlow',
    expr: `sum by (namespace) (rate(${metrics.overheadSum}[10m])) / (sum by (namespace) (rate(${metrics.overheadCount}[10m])) > 0) > 1`,
    ...{ for: '15m', severity: 'ticket' },
    summary: 'LiteLLM in {{ $labels.namespace }} itself takes a second of each request',
    description: 'The model answered long before. It waits for its database or its cache, or has too little processor.',
  },
  {
    name: 'LiteLlmUnseen',
    expr: `count by (namespace) (last_over_time(${UP}[1d])) unless count by (namespace) (${UP} == 1)`,
    ...{ for: '5m', severity: 'page' },
    summary: 'No replica of LiteLLM in {{ $labels.namespace }} reports metrics',
    description: 'It is gone, or Prometheus does not reach it. In the first case nobody reaches a model.',
  },
];
