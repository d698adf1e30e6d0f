import type { Rule } from '../rule';
import { type QueryPlace, queriesOf } from './queries';
import { type Query, queryOf } from './query';

/** How a name says which share of all requests is at least as fast: p95, 95 %. */
const PERCENTILE = /\bp(\d{2,3})\b|\b(\d{2}(?:\.\d+)?) ?%/g;

const GOOD = /\b(?:success|succeeded|available)/;
const BAD = /\b(?:error|fail|abort)/;

/** Failures above the line, counted by what the answer says or by how the request ended. */
const FAILED = /\b(?:status|code|finished_reason)=~?"[^"]*(?:[45]|abort|error)/;

/** Answers that clients have earned by their own mistakes. */
const OF_CLIENTS = /\b\w*(?:status|code)=~?"[^"]*4/;

export const queriesFitNames: Rule = {
  id: 'queries-fit-names',
  title: 'A query answers what its name promises: that percentile, successes or failures, and those of the server.',
  why: 'People and Canaries trust the name: a gate called p95 that takes the median lets a version pass that is slow for a third of its users, and one that counts mistakes of clients rolls back for them.',
  fix: 'Correct the query, or the name beside it; gates are defined in lib/delivery/gates.ts.',
  *check(target) {
    for (const place of queriesOf(target)) {
      // What is parsed is told from what need not be: of all queries, few take a quantile or judge a version.
      if (place.object.kind !== 'MetricTemplate' && !place.text.includes('histogram_quantile')) continue;
      for (const message of faults(place, queryOf(place.text))) yield { object: place.object, field: place.field, message };
    }
  },
};

function* faults({ object, title, text }: QueryPlace, { quantiles, quotients }: Query): Iterable<string> {
  const named = quantiles.length === 0 ? [] : [...title.matchAll(PERCENTILE)].map(([, p = '', percent = p]) => shareOf(percent));
  for (const { share } of quantiles) {
    if (named.length > 0 && share <= 1 && !named.includes(share))
      yield `takes the quantile ${share}, and the name "${title}" says ${named.join(', ')}`;
  }
  if (object.kind !== 'MetricTemplate') return;
  for (const { dividend } of quotients) {
    if (OF_CLIENTS.test(dividend)) yield 'counts mistakes of clients (4xx), which say nothing about a version: count 5xx';
    if (!FAILED.test(dividend)) continue;
    const isTurned = /\b1\s*-/.test(text);
    if (GOOD.test(title) && !isTurned) yield `answers with a share of failures, and the name "${title}" says of successes: write 1 - …`;
    if (BAD.test(title) && !GOOD.test(title) && isTurned)
      yield `answers with a share of successes, and the name "${title}" says of failures`;
  }
}

/** 95 → 0.95, 999 → 0.999. */
const shareOf = (digits: string): number => Number(digits.includes('.') ? Number(digits) / 100 : `0.${digits}`);
