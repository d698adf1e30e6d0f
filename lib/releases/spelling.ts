import { closest } from '../messages/closest';
import { anyOf } from './problem';

/** What to do about an unknown name: the known name that was probably meant, else every known name. */
export function suggestion(name: string, known: readonly string[]): string {
  const meant = closest(name, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return known.length === 0 ? 'remove it' : `use ${anyOf(known)}`;
}
