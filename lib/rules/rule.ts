import type { Manifest } from '../kubernetes/manifest';
import type { TargetIndex } from './target-index';

/** One check on everything that was synthesized for a target. */
export interface Rule {
  /** Name in messages, in exceptions and in the documentation, in kebab-case. */
  readonly id: string;

  /** What holds, in one sentence. */
  readonly title: string;

  /** What a controller, the scheduler or a person would make of a target that breaks the rule. */
  readonly why: string;

  /** What to do about it. */
  readonly fix: string;

  /** Finds every place that breaks the rule. Reads manifests alone, so that it can run on a tree from disk. */
  check(target: TargetIndex): Iterable<Problem>;
}

/** One place that breaks a rule. */
export interface Problem {
  readonly object: Manifest;

  /** JSON pointer to the field, such as `/spec/template/spec/containers/0/image`. */
  readonly field: string;

  /** What is wrong there; continues the field's name in the report. */
  readonly message: string;
}
