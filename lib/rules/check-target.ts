import type { Manifest } from '../kubernetes/manifest';
import { isShared } from '../kubernetes/shared-objects';
import { fleetRules, targetRules } from './all';
import { Exceptions, validExceptions } from './exceptions';
import { type Finding, report } from './finding';
import type { Problem, RuleText } from './rule';
import { type RuledTarget, TargetIndex } from './target-index';

/** The clock's day in UTC. Exceptions are compared with it; nothing that is written depends on it. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Runs every rule on a target and reports each problem as text. No problem, no text. */
export const checkTarget = (target: RuledTarget, day?: string): readonly string[] => report(findProblems(target, day));

/**
 * Runs every rule on a target.
 *
 * @param day the day that exceptions are compared with, `YYYY-MM-DD`
 * @default - today
 */
export function findProblems(target: RuledTarget, day: string = today()): readonly Finding[] {
  const { environment, region, files } = target;
  const index = new TargetIndex(target);
  const unjudged = index.without(sound);
  const exceptions = new Exceptions(index, day);
  const findings: Finding[] = [];
  const add = (rule: RuleText, { object, field, message }: Problem): void => {
    const file = files?.get(object);
    const place = `${environment}/${region}`;
    findings.push({
      rule,
      environment,
      region,
      app: index.app(object),
      place,
      object,
      field,
      message,
      ...(file !== undefined && { file }),
    });
  };
  const faulty = new Set<Manifest>();
  for (const rule of targetRules) {
    for (const problem of rule.check(rule.alone ? unjudged : index)) {
      faulty.add(problem.object);
      if (!exceptions.excuses(problem.object, rule.id)) add(rule, problem);
    }
  }
  for (const object of unjudged.objects) if (isShared(object) && !faulty.has(object)) sound.add(object);
  for (const problem of exceptions.problems(TARGET_RULES, FLEET_RULES)) add(validExceptions, problem);
  return findings;
}

/** Objects of several targets that keep every rule which judges objects alone. */
const sound = new WeakSet<Manifest>();

const TARGET_RULES: ReadonlySet<string> = new Set(targetRules.map(({ id }) => id));
const FLEET_RULES: ReadonlySet<string> = new Set(fleetRules.map(({ id }) => id));
