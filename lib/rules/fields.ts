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
  let value = root;
  let at = depth;
  for (; at < segments.length; at++) {
    const segment = segments[at] ?? '';
    if (segment === '*') break;
    if (!isRecord(value) || !Object.hasOwn(value, segment)) return found;
    value = value[segment];
  }
  if (value === undefined || value === null) return found;
  // Most ways end early: where they lead is only written for those that do not.
  const pointer = (): string => segments.slice(depth, at).reduce((before, segment) => `${before}/${escaped(segment)}`, field);
  if (at === segments.length) {
    found.push({ field: pointer(), value });
  } else if (Array.isArray(value) && value.length > 0) {
    const list = pointer();
    for (let i = 0; i < value.length; i++) follow(value[i], segments, `${list}/${i}`, at + 1, found);
  }
  return found;
}

/** A key as it stands in a JSON pointer: `/` is written `~1`. */
export const escaped = (key: string): string =>
  key.includes('/') || key.includes('~') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;

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
