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
export function follow(root: Data, segments: readonly string[], field = ''): readonly Found[] {
  const found: Found[] = [];
  const indices: number[] = [];
  const step = (from: Data, start: number): void => {
    let value = from;
    for (let at = start; at < segments.length; at++) {
      const segment = segments[at] ?? '';
      if (segment === '*') {
        if (!Array.isArray(value)) return;
        for (let i = 0; i < value.length; i++) {
          indices.push(i);
          step(value[i], at + 1);
          indices.pop();
        }
        return;
      }
      if (!isRecord(value) || !Object.hasOwn(value, segment)) return;
      value = value[segment];
    }
    // Most ways end early: where they lead is only written for those that do not.
    if (value !== undefined && value !== null) found.push({ field: field + pointer(segments, indices), value });
  };
  step(root, 0);
  return found;
}

/** The place that a path led to, with an index for each `*`. */
function pointer(segments: readonly string[], indices: readonly number[]): string {
  let written = '';
  let lists = 0;
  for (const segment of segments) written += `/${segment === '*' ? indices[lists++] : escaped(segment)}`;
  return written;
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
