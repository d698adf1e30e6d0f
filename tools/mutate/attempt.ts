import { findFleetProblems } from '../../lib/rules/check-fleet';
import { findProblems } from '../../lib/rules/check-target';
import type { Finding } from '../../lib/rules/finding';
import { Draft } from './draft';
import type { Fault } from './fault';
import type { Fleet } from './fleet';

/** What came of one fault. */
export interface Outcome {
  readonly fault: Fault;

  /** What the rules say about it. */
  readonly findings: readonly Finding[];

  /** Ids of the rules that say something, in the order of the report. */
  readonly caughtBy: readonly string[];
}

/**
 * Puts a fault into a fleet and runs the rules on the target that it is in and on the fleet.
 *
 * @throws Error if the fault cannot be put in, since nothing that it would change is there
 */
export function attempt(fault: Fault, fleet: Fleet): Outcome {
  const draft = new Draft(fleet, fault.place);
  try {
    fault.apply(draft);
  } catch (error) {
    throw new Error(`Cannot put "${fault.id}" into ${fault.place}: ${error instanceof Error ? error.message : error}`);
  }
  const findings = problemsOf(draft, fleet);
  return { fault, findings, caughtBy: [...new Set(findings.map(({ rule }) => rule.id))] };
}

/** What the rules say about a fleet without a fault: nothing, or no fault proves anything. */
export function problemsWithoutFault(fleet: Fleet): readonly Finding[] {
  return [
    ...fleet.targets.flatMap((target) => findProblems(target)),
    ...findFleetProblems({ folders: fleet.delivery, targets: fleet.targets.map((target) => fleet.summary(target)) }),
  ];
}

/** Targets without the fault are right, and not looked at again; neither is the delivery where nothing that it knows has changed. */
function problemsOf({ changedTarget, delivery, targets }: Draft, fleet: Fleet): readonly Finding[] {
  const summaries = targets.map((target) => fleet.summary(target));
  const delivered = delivery !== fleet.delivery || !summaries.every((summary, i) => fleet.isLike(summary, i));
  return [
    ...(changedTarget === undefined ? [] : findProblems(changedTarget)),
    ...(delivered ? findFleetProblems({ folders: delivery, targets: summaries }) : []),
  ];
}
