import { there } from '../references/there';
import type { Rule } from '../rule';
import { type Metric, metricNames, metricOf, TARGET_LABELS } from './catalogue';
import { ANY_LABEL } from './families';
import { queriesOf, recorded } from './queries';
import { queryOf, type Selector } from './query';

export const queriesNameMetrics: Rule = {
  id: 'queries-name-metrics',
  title: 'Every query names metrics, labels and values that the pinned versions export.',
  why: 'A query about a metric or label that nobody exports has no value: an alert never fires, and Flagger counts the check as failed. Names change with versions: vllm:gpu_cache_usage_perc became vllm:kv_cache_usage_perc.',
  fix: 'Take names from lib/observability/engine-metrics.ts; what is new in a pinned version is added to lib/rules/promql/catalogue.ts.',
  *check(target) {
    let records: ReadonlySet<string> | undefined;
    for (const { object, field, text } of queriesOf(target)) {
      for (const selector of queryOf(text).selectors) {
        if (selector.metric === '') continue;
        const metric = metricOf(selector.metric);
        records ??= recorded(target);
        if (metric === 'others' || records.has(selector.metric)) continue;
        const message =
          metric === undefined ? `names ${selector.metric}, which nobody exports${alike(selector.metric)}` : unknownLabel(selector, metric);
        if (message !== undefined) yield { object, field, message };
      }
    }
  },
};

function unknownLabel({ metric: of, labels }: Selector, metric: Metric): string | undefined {
  if (metric.labels.includes(ANY_LABEL)) return undefined;
  for (const { name, exact, value } of labels) {
    // What pods call like a label of Prometheus’ own is kept under another name.
    if (TARGET_LABELS.has(name) || name.startsWith('exported_')) continue;
    if (!metric.labels.includes(name)) return `selects ${of} by ${name}, a label that it does not have${there(metric.labels)}`;
    const values = metric.values?.[name];
    const asked = exact ? [value] : /^[\w|]+$/.test(value) ? value.split('|') : [];
    const wrong = values && asked.find((each) => !values.includes(each));
    if (wrong !== undefined) return `selects ${of} by ${name} "${wrong}", which is never written${there(values ?? [])}`;
  }
  return undefined;
}

/** Names that share the most words with a wrong one. */
function alike(name: string): string {
  const words = name.split(/[:_]/);
  const shared = (other: string): number => other.split(/[:_]/).filter((word) => words.includes(word)).length;
  const most = Math.max(...metricNames().map(shared));
  return most < 2 ? '' : there(metricNames().filter((other) => shared(other) === most));
}
