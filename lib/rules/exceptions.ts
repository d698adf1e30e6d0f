import { exceptionsIn, parseException } from '../kubernetes/exception';
import type { Manifest } from '../kubernetes/manifest';
import type { Problem, Rule } from './rule';
import type { TargetIndex } from './target-index';

interface Excuse {
  readonly object: Manifest;
  readonly field: string;
  readonly ruleId: string;
  readonly text: string;
}

/** Whether an object is excused from a rule today, by itself or by its pod template. */
export function excused(target: TargetIndex, today: string): (problem: Problem, ruleId: string) => boolean {
  const valid = new Map<Manifest, Set<string>>();
  for (const excuse of excuses(target)) {
    if (fault(excuse, today) !== undefined) continue;
    valid.set(excuse.object, (valid.get(excuse.object) ?? new Set()).add(excuse.ruleId));
  }
  return ({ object }, ruleId) => valid.get(object)?.has(ruleId) ?? false;
}

/** The rule about exceptions themselves. It knows the ids of the others, and the day. */
export function validExceptions(ruleIds: ReadonlySet<string>, today: string): Rule {
  return {
    id: 'valid-exceptions',
    title: 'Every exception names an existing rule, an owner, a reason and a day that has not passed.',
    why: 'An exception that nobody reviews is a rule that no longer exists.',
    fix: 'Keep the rule and remove the exception, or agree on a new day with its owner; exception() in lib/kubernetes/exception.ts writes it.',
    *check(target) {
      for (const excuse of excuses(target)) {
        const { object, field, ruleId } = excuse;
        const message = ruleIds.has(ruleId) ? fault(excuse, today) : `is about "${ruleId}", which is no rule`;
        if (message !== undefined) yield { object, field, message };
      }
    },
  };
}

function fault({ text }: Excuse, today: string): string | undefined {
  const written = parseException(text);
  if (written === undefined) return `is "${text}", not "<owner>: <reason> (until YYYY-MM-DD)"`;
  return written.until < today ? `lapsed on ${written.until} (owner: ${written.owner})` : undefined;
}

function* excuses(target: TargetIndex): Iterable<Excuse> {
  for (const object of target.objects) {
    if (object.metadata.annotations !== undefined) yield* excusesIn(object, object.metadata.annotations, '/metadata/annotations');
  }
  for (const { object, annotations, field } of target.workloads) {
    yield* excusesIn(object, annotations, field.replace(/spec$/, 'metadata/annotations'));
  }
}

function* excusesIn(object: Manifest, annotations: Readonly<Record<string, string>>, field: string): Iterable<Excuse> {
  for (const [ruleId, text] of exceptionsIn(annotations)) {
    yield { object, field: `${field}/slipway.dev~1exception.${ruleId}`, ruleId, text };
  }
}
