/** A field of an object whose shape depends on its kind. Rules read trees from disk as well, so nothing about it is certain. */
// biome-ignore lint/suspicious/noExplicitAny: a manifest is data, and its schema is checked elsewhere
export type Data = any;

/** The objects of a list; whatever else stands there is for the schema to refuse. */
export function records(value: Data): readonly Data[] {
  if (!Array.isArray(value)) return [];
  return value.every(isRecord) ? value : value.filter(isRecord);
}

/** The value when it is an object, else an empty one. */
export const record = (value: Data): Readonly<Record<string, Data>> => (isRecord(value) ? value : {});

/** Whether a value has fields. */
export const isRecord = (value: unknown): value is Record<string, Data> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value and where it stands. */
export interface Found {
  /** JSON pointer from the object's top, such as `/spec/listeners/0/name`. */
  readonly field: string;

  readonly value: Data;
}

/** Splits a JSON pointer once, so that following it costs no parsing. `*` stands for every item of a list. */
export const path = (text: string): readonly string[] =>
  text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/'));

/**
 * Every value a path leads to; none where the way ends early.
 *
 * @param field where `root` itself stands
 */
export function follow(root: Data, segments: readonly string[], field = '', depth = 0, found: Found[] = []): readonly Found[] {
  const segment = segments[depth];
  if (segment === undefined) {
    if (root !== undefined && root !== null) found.push({ field, value: root });
  } else if (segment === '*') {
    if (Array.isArray(root)) root.forEach((item, i) => void follow(item, segments, `${field}/${i}`, depth + 1, found));
  } else if (isRecord(root) && Object.hasOwn(root, segment)) {
    follow(root[segment], segments, `${field}/${escaped(segment)}`, depth + 1, found);
  }
  return found;
}

/** A key as it stands in a JSON pointer: `/` is written `~1`. */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Whether two values say the same, whatever the order of their fields. */
export function sameData(one: Data, other: Data): boolean {
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, i) => sameData(item, other[i]));
  if (!isRecord(one) || !isRecord(other)) return one === other;
  const fields = Object.keys(one);
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => Object.hasOwn(other, field) && sameData(one[field], other[field]))
  );
}
