import type { Rule } from '../rule';
import { queriesOf } from './queries';
import { queryOf } from './query';

export const queriesParse: Rule = {
  id: 'queries-parse',
  title: 'Every query is one that Prometheus can read, and answers with one value for each series.',
  why: 'Prometheus refuses a whole file of alerts for one query that it cannot parse, and Flagger counts a query that does not parse, or that returns a range, as a failed check.',
  fix: 'Correct the query at the place that the message shows; in a MetricTemplate Flagger replaces {{ namespace }}, {{ target }}, {{ interval }}, {{ variables.… }} and their like, and nothing else.',
  *check(target) {
    for (const { object, field, text } of queriesOf(target)) {
      const { error, isRange } = queryOf(text);
      if (text.trim() === '') yield { object, field, message: 'is empty' };
      else if (error !== undefined) yield { object, field, message: `cannot be read ${near(text, error)}` };
      else if (isRange) yield { object, field, message: 'answers with a range: take a rate or an average of it' };
    }
  },
};

const near = (text: string, at: number): string =>
  at >= text.trimEnd().length ? `at its end, "…${text.trimEnd().slice(-30)}"` : `at "${text.slice(at, at + 30).split('\n')[0]}"`;
