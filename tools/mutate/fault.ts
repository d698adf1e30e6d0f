import type { Draft } from './draft';
import type { Edit } from './edits';

/** Where faults are put unless they say otherwise: the target with the most in it. */
const PLACE = 'prod/us-east-1';

/** One mistake that somebody could make. */
export interface Fault {
  /** Unique, in kebab-case. */
  readonly id: string;

  /** What is wrong, in one sentence. */
  readonly title: string;

  /** Chapter of the table. */
  readonly theme: string;

  /** Target that it is put into, `<environment>/<region>`. */
  readonly place: string;

  /** Puts the fault into a fleet. Throws where that changes nothing, since such a fault proves nothing. */
  apply(draft: Draft): void;
}

/** Id → title and what is done to the fleet, and a place if not the usual one. */
export type Faults = Readonly<Record<string, readonly [title: string, edit: Edit, place?: string]>>;

/** The faults of one chapter. */
export const chapter = (theme: string, faults: Faults): readonly Fault[] =>
  Object.entries(faults).map(([id, [title, apply, place = PLACE]]) => ({ id, title, theme, place, apply }));
