import { records } from '../fields';
import { queriesOf } from '../promql/queries';
import { queryOf } from '../promql/query';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const MONITORS: readonly (readonly [kind: string, endpoints: string])[] = [
  ['ServiceMonitor.monitoring.coreos.com', 'endpoints'],
  ['PodMonitor.monitoring.coreos.com', 'podMetricsEndpoints'],
];

/** Names that many programs give to what they export, so that one monitor may do without them. */
const OF_MANY = /^(?:http_|process_|python_|go_|up$)/;

/** Labels without which quantiles and choices of pods have no values. */
const NEEDED = ['le', 'namespace', 'pod', 'service', 'job'];

export const scrapesKeepMetrics: Rule = {
  id: 'scrapes-keep-metrics',
  title: 'A monitor drops no metric and no label that a query asks for.',
  why: 'What is dropped when it is scraped is nowhere: the alert about it never fires, the panel is empty, and Flagger counts the check as failed.',
  fix: 'Narrow the expression of the relabeling, or remove what asks for the metric.',
  *check(target) {
    let asked: readonly string[] | undefined;
    for (const [kind, endpoints] of MONITORS) {
      for (const object of target.all(kind)) {
        for (const [i, endpoint] of records(object.spec?.[endpoints]).entries()) {
          for (const [j, { action, sourceLabels, regex }] of records(endpoint.metricRelabelings).entries()) {
            asked ??= metricsOf(target);
            const field = `/spec/${endpoints}/${i}/metricRelabelings/${j}`;
            const shape = shapeOf(regex);
            if (shape === undefined) {
              yield { object, field: `${field}/regex`, message: `is ${JSON.stringify(regex)}, which is no regular expression` };
              continue;
            }
            const byName = Array.isArray(sourceLabels) && sourceLabels.join() === '__name__';
            const [lost] = action === 'drop' && byName ? asked.filter((name) => shape.test(name) && !OF_MANY.test(name)) : [];
            if (lost !== undefined) yield { object, field, message: `drops ${lost}, which a query asks for` };
            if (action === 'keep' && byName && !asked.some((name) => shape.test(name)))
              yield { object, field, message: `keeps ${regex} alone, and no query asks for any of it` };
            const label = action === 'labeldrop' ? NEEDED.find((name) => shape.test(name)) : undefined;
            if (label !== undefined) yield { object, field, message: `drops the label ${label}, by which queries tell series apart` };
          }
        }
      }
    }
  },
};

const metricsOf = (target: TargetIndex): readonly string[] =>
  [...queriesOf(target)].flatMap(({ text }) => queryOf(text).selectors.map(({ metric }) => metric)).filter((name) => name !== '');

/** Prometheus takes an expression for the whole of a name. */
function shapeOf(regex: unknown): RegExp | undefined {
  try {
    return new RegExp(`^(?:${regex ?? '.*'})$`);
  } catch {
    return undefined;
  }
}
