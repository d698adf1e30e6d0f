import { allRules } from '../all';
import { excused } from '../exceptions';
import { TargetIndex } from '../target-index';
import { type Drafts, sampleTarget } from './sample-target';

/** The day that tests take for today. */
export const TODAY = '2026-06-01';

/** What one rule finds in the sample after a change: `Deployment/web: /spec/replicas is …`. */
export function problems(ruleId: string, change?: (drafts: Drafts) => void): readonly string[] {
  const target = new TargetIndex(sampleTarget(change));
  const isExcused = excused(target, TODAY);
  const rule = allRules(TODAY).find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error(`Cannot test "${ruleId}" as all.ts does not list it: add it there`);

  return [...rule.check(target)]
    .filter((problem) => !isExcused(problem, ruleId))
    .map(({ object, field, message }) => `${object.kind}/${object.metadata.name}: ${field} ${message}`);
}
