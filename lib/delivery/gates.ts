import type { Construct } from 'constructs';

import { MetricTemplate, MetricTemplateSpecProviderType } from '../../imports/flagger.app';
import { fromAddon } from '../kubernetes/sync-options';
import { engineMetrics } from '../observability/engine-metrics';
import type { LatencyObjective } from '../observability/latency-objective';
import { PROMETHEUS_URL } from '../observability/prometheus';

/** One condition that canary pods must keep. */
export interface Gate {
  /** Name of the check and of its MetricTemplate, with the unit. */
  readonly name: string;
  readonly query: string;
  readonly threshold: { readonly min: number } | { readonly max: number };
}

/** The target's own pods: two groups after its name. The primary's have three, since its name is longer. */
const CANARY_PODS = 'namespace="{{ namespace }}", pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"';

/** Fewer requests in an interval prove nothing: the check then has no value, and Flagger does not advance. */
const LEAST_SAMPLES = 10;

/** The engine's gates. Request duration is none of them: it measures how long answers are, not how well they are served. */
export function engineGates(slo: LatencyObjective): readonly Gate[] {
  const quantile = (bucket: string) => `histogram_quantile(0.95, sum by (le) (rate(${bucket}{${CANARY_PODS}}[{{ interval }}])))`;
  const http = (status: string) => `${engineMetrics.httpRequests}{${CANARY_PODS}, handler=~"/v1/.*"${status}}[{{ interval }}]`;
  const finished = (reason: string) => `${engineMetrics.finished}{${CANARY_PODS}${reason}}[{{ interval }}]`;

  return [
    {
      // Clients' own mistakes (4xx) say nothing about a version. An absent error series is no error.
      name: 'success-percent',
      query: [
        `100 * (1 - (sum(rate(${http(', status="5xx"')})) or vector(0)) / (sum(rate(${http(', status!="4xx"')})) > 0))`,
        `and sum(increase(${http(', status!="4xx"')})) >= ${LEAST_SAMPLES}`,
      ].join('\n'),
      threshold: { min: 99 },
    },
    { name: 'time-to-first-token-p95-seconds', query: quantile(engineMetrics.timeToFirstToken), threshold: { max: slo.timeToFirstToken } },
    {
      name: 'inter-token-latency-p95-seconds',
      query: quantile(engineMetrics.interTokenLatency),
      threshold: { max: slo.interTokenLatency },
    },
    {
      // A stream that breaks was answered with 200 long before.
      name: 'aborted-percent',
      query: [`100 * (sum(rate(${finished(', finished_reason=~"abort|error"')})) or vector(0))`, `/ (sum(rate(${finished('')})) > 0)`].join(
        '\n',
      ),
      threshold: { max: 5 },
    },
    {
      name: 'waiting-requests',
      query: `max(avg_over_time(${engineMetrics.waiting}{${CANARY_PODS}}[{{ interval }}]))`,
      threshold: { max: 20 },
    },
    {
      name: 'cache-usage-percent',
      query: `100 * max(avg_over_time(${engineMetrics.cacheUsage}{${CANARY_PODS}}[{{ interval }}]))`,
      threshold: { max: 95 },
    },
  ];
}

/** Defines the template of a gate. */
export function defineGate(scope: Construct, { name, query }: Gate): void {
  new MetricTemplate(scope, name, {
    metadata: { name, annotations: fromAddon },
    spec: { provider: { type: MetricTemplateSpecProviderType.PROMETHEUS, address: PROMETHEUS_URL }, query },
  });
}
