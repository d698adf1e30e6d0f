import { text } from './read';

/** What `docs/requirements.md` says of one requirement. */
export interface Row {
  /** For example `K36`. */
  readonly id: string;
  readonly requirement: string;
  readonly state: string;
  /** Where it is met, or why it is left out. */
  readonly where: string;
}

/** Every row, in the order of the page. */
export const rows: readonly Row[] = [...text('docs/requirements.md').matchAll(/^\| ([A-Z]\d+) \| (.*) \| ([a-z ]+) \| (.*) \|$/gm)].map(
  ([, id = '', requirement = '', state = '', where = '']) => ({ id, requirement, state, where }),
);
