import { perText } from '../per-text';
import type { Rule } from '../rule';
import { metricOf } from './catalogue';
import type { Comparison } from './comparison';
import { type QueryPlace, queriesOf } from './queries';
import { type Query, queryOf } from './query';
import { type Unit, unitOf } from './units';

/** Units as Grafana calls them. */
const SHOWN: Readonly<Record<string, Unit>> = { s: 'seconds', ms: 'milliseconds', µs: 'microseconds', bytes: 'bytes', percent: 'percent' };

/** Nobody waits as long for an answer, and a copy that is so far behind is none, seconds. */
const [LONGEST_ANSWER, LONGEST_LAG] = [1000, 36_000];

/** How a recorded series says its unit. */
const NAMED = /_(seconds|milliseconds|bytes|percent)(?:_(?:bucket|sum))?$/;

export const queriesKeepUnits: Rule = {
  id: 'queries-keep-units',
  title: 'Figures are compared, recorded and shown in the unit that their metric has.',
  why: 'Nothing knows units but people: half a millisecond for half a second pages for ever, a lag of 60 ms looks like a minute, and 90 % are shown as 9000 %.',
  fix: 'Divide or multiply in the query (/ 1000, * 1048576), or write the bound, the name or the unit of the panel that fits.',
  *check(target) {
    for (const place of queriesOf(target)) {
      const { object, field, text } = place;
      const query = queryOf(text);
      const unit = unitFound(text);
      for (const message of faults(place, query, unit)) yield { object, field, message };
    }
  },
};

const unitFound = perText((text) => unitOf(text, queryOf(text).selectors));

function* faults({ unit: shown, title, object, isAlert, text }: QueryPlace, query: Query, unit: Unit | undefined): Iterable<string> {
  yield* new Set(query.comparisons.flatMap((comparison) => misjudged(comparison, query) ?? []));
  if (object.kind === 'PrometheusRule' && isAlert === undefined) {
    const [, named] = NAMED.exec(title) ?? [];
    if (named !== undefined && unit !== undefined && named !== unit) yield `records ${unit} under the name ${title}`;
  }
  if (shown === undefined) return;
  const expected = SHOWN[shown];
  if (expected !== undefined && unit !== undefined && unit !== expected) yield `is in ${unit}, and the panel shows it as ${expected}`;
  if (shown === 'percentunit' && (unit === 'percent' || /^\s*100\s*\*/.test(text)))
    yield 'is in percent, and the panel shows it as a share of 1';
  if (shown === 'percent' && isShare(text, query)) yield 'is a share of 1, and the panel shows it as percent';
}

/** Whether a query is one metric that is a share, or a quotient of the whole. */
function isShare(text: string, { selectors, quotients }: Query): boolean {
  if (/\b100\b/.test(text)) return false;
  const [only] = selectors;
  const known = selectors.length === 1 && only !== undefined ? metricOf(only.metric) : undefined;
  return quotients.length > 0 || (known !== undefined && known !== 'others' && known.share === true);
}

/** Bounds that nobody means in the unit of what they bound: less than a thousandth of what its unit is taken for. */
function misjudged({ left, operator, bound }: Comparison, { selectors }: Query): string | undefined {
  const unit = unitOf(
    left,
    selectors.filter(({ metric }) => left.includes(metric)),
  );
  const least = left.includes('_optimeDate') ? 1000 : 1;
  if (unit === 'milliseconds' && operator.startsWith('>') && bound > 0 && bound < least)
    return `compares milliseconds with ${bound}: write ${bound * 1000} if seconds are meant`;
  const most = left.includes('_bucket') ? LONGEST_ANSWER : LONGEST_LAG;
  if (unit === 'seconds' && operator.startsWith('>') && bound >= most)
    return `compares seconds with ${bound}: write ${bound / 1000} if milliseconds are meant`;
  return undefined;
}
