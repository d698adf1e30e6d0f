import { closest } from '../../messages/closest';

const SHOWN = 5;

/**
 * What a reference may have meant, as the end of a message.
 *
 * @param wanted the name that was looked for: of a long list, the name that is most like it comes first
 * @default - the list is in the order of the alphabet
 */
export function there(names: Iterable<string>, wanted?: unknown): string {
  const all = [...names].sort();
  if (all.length === 0) return ' (there is none)';
  if (all.length <= SHOWN) return ` (there: ${all.join(', ')})`;
  const meant = typeof wanted === 'string' ? closest(wanted, all) : undefined;
  const shown = meant === undefined ? all : [meant, ...all.filter((name) => name !== meant)];
  return ` (there: ${shown.slice(0, SHOWN).join(', ')}, and ${all.length - SHOWN} more)`;
}
