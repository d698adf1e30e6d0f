import { durationSeconds } from '../durations';
import { records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { type Metric, metricOf } from './catalogue';
import { queriesOf } from './queries';
import { type Query, queryOf, type Selector } from './query';

const RATES: ReadonlySet<string | undefined> = new Set(['rate', 'irate', 'increase']);

/** What asks how many series there are, whatever their values. */
const COUNTING: ReadonlySet<string | undefined> = new Set(['count', 'group', 'absent']);

/** How the names of counters end; some exporters call so how many connections there are. */
const COUNTED = /(?<!connections|backends)_total$/;

/** Fewest scrapes that a rate is taken of: two may be missed, and two must be left. */
const SCRAPES_OF_RATE = 4;

/** Fewest scrapes that an average is taken of. */
const SCRAPES_OF_AVERAGE = 2;

/** What a share of failures asks for: series that come to be with the first failure. */
const FAILURES = /\b(?:status|finished_reason|code)=~?"[^"]*(?:5|abort|error)/;

export const queriesMakeSense: Rule = {
  id: 'queries-make-sense',
  title: 'Rates are taken of counters and over enough scrapes, quantiles of buckets, and shares have a value at any time.',
  why: 'Prometheus calculates whatever it is asked, such as the rate of a gauge or a quantile without its buckets: the result means nothing or is empty, and Flagger counts a check without a value as failed.',
  fix: 'Write rate(<counter>[<window of four scrapes or more>]), histogram_quantile(<0 to 1>, sum by (le) (rate(<…_bucket>[…]))), and (<failures> or vector(0)) / (<all> > 0).',
  *check(target) {
    let scrape: number | undefined;
    for (const { object, field, text, title } of queriesOf(target)) {
      const query = queryOf(text);
      if (query.error !== undefined) continue;
      scrape ??= slowestScrape(target);
      for (const message of faults(query, scrape)) yield { object, field, message };
      if (object.kind === 'PrometheusRule' && title.endsWith('_bucket') && /\bby\s*\((?![^)]*\ble\b)/.test(text))
        yield { object, field, message: `records buckets as ${title} without their bounds: write by (…, le)` };
    }
  },
};

function* faults(query: Query, scrape: number): Iterable<string> {
  for (const selector of query.selectors) {
    const message = misused(selector, scrape);
    if (message !== undefined) yield message;
    const code = selector.labels.find(({ name, exact, value }) => !exact && /code|status/.test(name) && CLASS.test(value));
    if (code !== undefined && metricOf(selector.metric) !== undefined && !selector.metric.startsWith('http_requests'))
      yield `looks for ${code.name} "${code.value}", but codes are numbers: write ${code.value.charAt(0)}..`;
  }
  for (const { share, of } of query.quantiles) {
    if (!(share >= 0 && share <= 1)) yield `takes the quantile ${share}: a quantile is from 0 to 1`;
    if (!of.includes('_bucket')) yield 'takes a quantile of what are no buckets';
    if (/^(?:sum|avg|max|min)\b/.test(of) && !/\b(?:by|without)\s*\(/.test(of))
      yield 'takes a quantile of buckets that are added up: write sum by (le)';
    else if (/\bby\s*\((?![^)]*\ble\b)[^)]*\)/.test(of)) yield 'takes a quantile of buckets without their bounds: write sum by (le)';
  }
  for (const { dividend, divisor } of query.quotients) {
    if (divisor.includes('{') && !/>\s*0/.test(divisor)) yield 'divides by what may be zero: write (… > 0)';
    if (FAILURES.test(dividend) && !dividend.includes('vector(0)'))
      yield 'has no value while nothing fails: write (… or vector(0)) above the line';
  }
  for (const { left, operator, bound } of query.comparisons) {
    const [, metric = ''] = /([a-zA-Z_:][\w:]*)\)?$/.exec(left) ?? [];
    const known = operator.startsWith('>') ? metricOf(metric) : undefined;
    if (known !== undefined && known !== 'others' && known.share === true && bound > 1)
      yield `compares ${metric}, a share from 0 to 1, with ${bound}`;
  }
}

/** Codes of answers, of which a class is meant. */
const CLASS = /^[1-5]xx$/i;

function misused({ metric, window, through }: Selector, scrape: number): string | undefined {
  const known = ofOthers(metricOf(metric), metric);
  if (known === undefined) return undefined;
  if (RATES.has(through) && known.type === 'gauge') return `takes the ${through} of ${metric}, which is no counter`;
  if (window === undefined && known.type !== 'gauge' && !COUNTING.has(through))
    return `takes ${metric} as it is: it counts since the start of each pod`;
  const least = RATES.has(through) ? SCRAPES_OF_RATE : SCRAPES_OF_AVERAGE;
  if (durationSeconds(window) < least * scrape) {
    return `takes the ${through} over ${window}, which holds fewer than ${least} scrapes: there is one every ${scrape} s`;
  }
  return undefined;
}

/** The metrics of other exporters are known by their names: what ends with _total is a counter. */
function ofOthers(metric: ReturnType<typeof metricOf>, name: string): Pick<Metric, 'type'> | undefined {
  if (metric !== 'others') return metric;
  return COUNTED.test(name) ? { type: 'counter' } : undefined;
}

/** The longest interval at which pods of ours are scraped for what queries ask. */
function slowestScrape(target: TargetIndex): number {
  const released = new Set(target.releases.map(({ namespace }) => namespace));
  const intervals = target
    .all('PodMonitor.monitoring.coreos.com')
    .filter(({ metadata }) => released.size === 0 || released.has(metadata.namespace ?? ''))
    .flatMap(({ spec }) => records(spec?.podMetricsEndpoints).map(({ interval }) => durationSeconds(interval)));
  return Math.max(0, ...intervals.filter((interval) => !Number.isNaN(interval)));
}
