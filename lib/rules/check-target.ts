import { describe } from '../kubernetes/manifest';
import { allRules } from './all';
import { excused } from './exceptions';
import type { Problem, Rule } from './rule';
import { type RuledTarget, TargetIndex } from './target-index';

/** A problem together with the rule it breaks and the target it was found in. */
export interface Finding extends Problem {
  readonly rule: Rule;
  readonly environment: string;
  readonly region: string;
  readonly app: string;
}

/** Runs every rule on a target and reports each problem as text. No problem, no text. */
export const checkTarget = (target: RuledTarget, today?: string): readonly string[] => report(findProblems(target, today));

/**
 * Runs every rule on a target.
 *
 * @param today the day that exceptions are compared with, `YYYY-MM-DD`
 * @default - the clock's day in UTC; nothing that is written depends on it
 */
export function findProblems(target: RuledTarget, today: string = new Date().toISOString().slice(0, 10)): readonly Finding[] {
  const index = new TargetIndex(target);
  const isExcused = excused(index, today);
  const findings: Finding[] = [];
  for (const rule of allRules(today)) {
    for (const problem of rule.check(index)) {
      if (isExcused(problem, rule.id)) continue;
      const { environment, region } = target;
      findings.push({ ...problem, rule, environment, region, app: index.app(problem.object) });
    }
  }
  return findings;
}

/**
 * Writes problems the way a compiler does: one text each, the rule's reason and cure after its last one. The same
 * problem in several targets is one text that names all of them.
 */
export function report(findings: readonly Finding[]): readonly string[] {
  return groups(findings, ({ rule }) => rule.id).flatMap((ofRule) => {
    const texts = groups(ofRule, ({ app, object, field, message }) => [app, describe(object), field, message].join('\n')).map(text);
    const { why, fix } = ofRule[0].rule;
    return [...texts.slice(0, -1), `${texts.at(-1)}\n    why: ${why}\n    fix: ${fix}`];
  });
}

type Group = readonly [Finding, ...Finding[]];

function groups(findings: readonly Finding[], by: (finding: Finding) => string): readonly Group[] {
  const found = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = found.get(by(finding));
    if (group === undefined) found.set(by(finding), [finding]);
    else group.push(finding);
  }
  return [...found.values()];
}

function text(same: Group): string {
  const { rule, app, object, field, message } = same[0];
  const targets = same.map(({ environment, region }) => `${environment}/${region}`);
  const place = targets.length === 1 ? targets[0] : `{${targets.join(',')}}`;
  return `${place}/${app} ${describe(object)}: ${field} ${message} [${rule.id}]`;
}
