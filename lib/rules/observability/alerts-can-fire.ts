import type { Operator } from '../promql/comparison';
import { evaluatedIn } from '../promql/queries';
import { type Query, queryOf } from '../promql/query';
import type { Rule } from '../rule';

/** Gauges that tell how something is, and the value that they have while all is well. */
const WELL: readonly (readonly [metric: RegExp, value: number, what: string])[] = [
  [/(?:^|_)up$/, 1, 'what is asked for answers'],
  [/^flagger_canary_status$/, 1, 'the last release went well'],
  [/^mongodb_rs_members_health$/, 1, 'the member is there'],
  [/^argocd_cluster_connection_status$/, 1, 'the cluster is connected'],
];

const HOLDS: Readonly<Record<Operator, (value: number, bound: number) => boolean>> = {
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '==': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
};

/** One metric, and no more than choices and aggregations of it. */
const PLAIN = /^(?:(?:max|min|avg) (?:by|without) ?\([^()]*\) ?|max ?|min ?|avg ?)?\(?([a-zA-Z_:][\w:]*)\)?$/;

/** Figures that may be below zero: differences, slopes and logarithms. */
const SIGNED = /-|celsius|_TEMP\b|\b(?:delta|idelta|deriv|predict_linear|ln|log2|log10|scalar)\b/;

/** Times from now that an alert can be about, seconds: it is judged once a minute, and nothing is awaited for longer than a year. */
const [SOONEST, LATEST] = [60, 400 * 86_400];

export const alertsCanFire: Rule = {
  id: 'alerts-can-fire',
  title: 'The condition of an alert can be true and can be false, and it is false while all is well.',
  why: 'An alert that always fires is switched off by whoever it wakes, and one that never fires is missed only after the outage.',
  fix: 'Turn the comparison round, or correct its bound: a share is from 0 to 1, and flagger_canary_status is 0 while it runs, 1 after a success and 2 after a failure.',
  alone: true,
  *check(target) {
    for (const { object, field, text, isAlert } of evaluatedIn(target)) {
      if (!isAlert) continue;
      for (const message of faults(queryOf(text))) yield { object, field, message };
    }
  },
};

function* faults({ comparisons, selectors }: Query): Iterable<string> {
  for (const { left, operator, bound, isShare, isEnough } of comparisons) {
    const as = `(${operator} ${bound})`;
    const [, metric = ''] = PLAIN.exec(left) ?? [];
    const well = isEnough ? WELL.find(([shape]) => shape.test(metric)) : undefined;
    if (well !== undefined && HOLDS[operator](well[1], bound)) yield `fires while ${well[2]}: ${metric} is ${well[1]} then ${as}`;
    if (/^\(?count\b/.test(left) && !/\bor\b/.test(left) && ((operator === '==' && bound === 0) || (operator === '<' && bound <= 1)))
      yield `never fires, as the count of nothing is nothing ${as}: write absent(…), or add vector(0)`;
    if (/\btime\(\)/.test(left) && bound > 0 && (bound < SOONEST || bound > LATEST))
      yield `compares a time in seconds with ${bound}: ${bound < SOONEST ? 'write days as * 86400' : 'that is more than a year'}`;
    if (SIGNED.test(left) || !selectors.some((each) => left.includes(each.metric))) continue;
    if ((operator === '<' && bound <= 0) || (operator === '<=' && bound < 0)) yield `never fires, as no such figure is below zero ${as}`;
    if (operator === '>=' && bound <= 0) yield `fires always, as no such figure is below zero ${as}`;
    if (operator === '>' && bound <= 0 && left.startsWith('histogram_quantile'))
      yield `fires at every request, as each takes some time ${as}`;
    if (isShare && ((operator === '>' && bound >= 1) || (operator === '>=' && bound > 1)))
      yield `never fires, as a share is from 0 to 1 ${as}`;
    if (isShare && operator.startsWith('<') && bound > 1) yield `fires always, as a share is from 0 to 1 ${as}`;
  }
}
