import { everyRule } from '../all';
import { findProblems } from '../check-target';
import type { Finding } from '../finding';
import { type Drafts, sampleTarget } from './sample-target';

/** The day that tests take for today. */
export const TODAY = '2026-06-01';

/** What one rule finds in the sample after a change: `Deployment/web: /spec/replicas is …`. */
export function problems(ruleId: string, change?: (drafts: Drafts) => void): readonly string[] {
  return textsOf(ruleId, findProblems(sampleTarget(change), TODAY));
}

/** What one rule has found, in short. */
export function textsOf(ruleId: string, findings: readonly Finding[]): readonly string[] {
  if (!everyRule.some(({ id }) => id === ruleId))
    throw new Error(`Cannot test "${ruleId}" as no list of lib/rules/lists holds it: add it there`);

  return findings
    .filter(({ rule }) => rule.id === ruleId)
    .map(({ place, app, object, field, message }) => {
      const named = object === undefined ? `${place}/${app}` : `${object.kind}/${object.metadata.name}`;
      return `${named}: ${[field, message].filter((part) => part !== '').join(' ')}`;
    });
}
