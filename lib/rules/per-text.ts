/** Most texts, and most characters of them, whose answers are remembered. */
const MOST_TEXTS = 2000;
const MOST_CHARACTERS = 2_000_000;

/**
 * Remembers what was found in a text: regions hold mostly the same texts, and reading each once is enough.
 *
 * @param read must depend on the text alone
 */
export function perText<Found>(read: (text: string) => Found): (text: string) => Found {
  const known = new Map<string, Found>();
  let characters = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = read(text);
    if (known.size === MOST_TEXTS || characters + text.length > MOST_CHARACTERS) {
      known.clear();
      characters = 0;
    }
    known.set(text, found);
    characters += text.length;
    return found;
  };
}
