import { records } from '../fields';
import { SERVED_METRICS } from '../known-externals';
import { there } from '../references/there';
import type { Rule } from '../rule';

export const scalerMetricsServed: Rule = {
  id: 'scaler-metrics-served',
  title: 'Every metric that an autoscaler asks for is one that the metrics adapter serves.',
  why: 'An autoscaler whose metric nobody serves reports FailedGetPodsMetric and never changes the replicas, not even under full load. The adapter serves names with underscores instead of colons.',
  fix: 'Take the name from podMetrics of lib/observability/engine-metrics.ts, which the adapter is configured by.',
  *check(target) {
    for (const object of target.all('HorizontalPodAutoscaler.autoscaling')) {
      for (const [i, metric] of records(object.spec?.metrics).entries()) {
        for (const way of ['pods', 'object'] as const) {
          const name = metric[way]?.metric?.name;
          if (name === undefined || SERVED_METRICS.has(name)) continue;
          yield {
            object,
            field: `/spec/metrics/${i}/${way}/metric/name`,
            message: `is "${name}", which the adapter does not serve${there(SERVED_METRICS)}`,
          };
        }
      }
    }
  },
};
