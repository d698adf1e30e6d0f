/** No setting is longer, and nobody reads what is. */
const LONGEST_TEXT = 512;

/** Settings lie at most six levels deep. */
const DEEPEST = 12;

/** A value that no setting can have, whatever it means. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly mistake: string;
}

/** Finds what is neither a plain map, a list, a text nor a finite number, and texts that no file should hold. */
export function* mistakesIn(value: unknown, path: readonly PropertyKey[] = []): Generator<Mistake> {
  const mistake = mistakeOf(value, path.length);
  if (mistake !== undefined) yield { path, mistake };
  else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      if (mistakeOfText(key) !== undefined) yield { path: [...path, key], mistake: 'its key has characters that nobody sees: retype it' };
      else if (key === '__proto__') yield { path: [...path, key], mistake: 'its key changes what every object is: rename it' };
      else yield* mistakesIn((value as Record<string, unknown>)[key], [...path, key]);
    }
  }
}

function mistakeOf(value: unknown, depth: number): string | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return mistakeOfText(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : 'no figure can be written that is not finite: correct the arithmetic';
  if (typeof value !== 'object') return `settings are data, and it is a ${typeof value}: write a text, a number, a list or a map`;
  if (depth > DEEPEST) return 'it is nested without end: write plain data';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  return `settings are data, and it is a ${value.constructor?.name}: write a text, a number, a list or a map`;
}

function mistakeOfText(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return `its ${text.length} characters are more than ${LONGEST_TEXT}: shorten it`;
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? 'it has characters that nobody sees: retype it' : undefined;
}

/** The value at the end of a path; undefined where it leads nowhere. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined),
    value,
  );
