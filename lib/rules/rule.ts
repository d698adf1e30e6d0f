import type { Manifest } from '../kubernetes/manifest';
import type { FleetIndex } from './fleet-index';
import type { FleetApp } from './fleet-summary';
import type { TargetIndex } from './target-index';

/** What people read of a rule. */
export interface RuleText {
  /** Name in messages, in exceptions and in the documentation, in kebab-case. */
  readonly id: string;

  /** What holds, in one sentence. */
  readonly title: string;

  /** What a controller, the scheduler or a person would make of a target that breaks the rule. */
  readonly why: string;

  /** What to do about it. */
  readonly fix: string;
}

/** One check on everything that was synthesized for a target. */
export interface Rule extends RuleText {
  /**
   * Whether it judges each object by itself, whatever else the target holds and wherever it is. What an object that targets share has
   * been judged to keep is not judged again.
   *
   * @default - what else is there matters
   */
  readonly alone?: true;

  /** Finds every place that breaks the rule. Reads manifests alone, so that it can run on a tree from disk. */
  check(target: TargetIndex): Iterable<Problem>;
}

/** One check on what delivers the targets, and on how it agrees with them. */
export interface FleetRule extends RuleText {
  /** Finds every place that breaks the rule, in `argocd/` or in an app that it delivers. */
  checkFleet(fleet: FleetIndex): Iterable<FleetProblem>;
}

/** One place that breaks a rule. */
export interface Problem {
  readonly object: Manifest;

  /** JSON pointer to the field, such as `/spec/template/spec/containers/0/image`. */
  readonly field: string;

  /** What is wrong there; continues the field's name in the report. */
  readonly message: string;
}

/** One place of a fleet that breaks a rule: an object of `argocd/`, an app of a target, or an object of it. */
export type FleetProblem = Problem | AppProblem;

/** A problem with an app of a target. */
export interface AppProblem {
  readonly app: FleetApp;

  /** @default - the folder of the app as a whole is meant */
  readonly object?: Manifest;

  /** Empty where the folder or the object as a whole is meant. */
  readonly field: string;
  readonly message: string;
}
