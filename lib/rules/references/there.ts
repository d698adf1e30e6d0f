const SHOWN = 5;

/** What a reference may have meant, as the end of a message. */
export function there(names: Iterable<string>): string {
  const all = [...names].sort();
  if (all.length === 0) return ' (there is none)';
  const more = all.length > SHOWN ? `, and ${all.length - SHOWN} more` : '';
  return ` (there: ${all.slice(0, SHOWN).join(', ')}${more})`;
}
