import { type Data, isRecord, sameData } from '../../lib/rules/fields';
import type { Draft } from './draft';

/** Something done to a fleet. */
export type Edit = (draft: Draft) => void;

/**
 * Writes a field.
 *
 * @param ref the object, as `Draft.change` takes it
 * @param field JSON pointer; a step `name=value` stands for the item of a list with that value, `-` for the place after the last
 */
export const set = (ref: string, field: string, value: Data): Edit => changed(ref, field, () => value);

/** Removes a field or an item. */
export const drop = (ref: string, field: string): Edit => changed(ref, field, () => undefined);

/** Replaces a part of a text, everywhere in that text. */
export const replace = (ref: string, field: string, from: string | RegExp, to: string): Edit =>
  changed(ref, field, (text: string) => (typeof from === 'string' ? text.split(from).join(to) : text.replace(from, to)));

/** Gives a field another name, as a misspelling does. */
export const rename = (ref: string, field: string, to: string): Edit => {
  return (draft) =>
    draft.change(ref, (object) => {
      const { parent, step } = locate(object, field, ref);
      parent[to] = parent[step];
      delete parent[step];
    });
};

export const remove =
  (ref: string): Edit =>
  (draft) =>
    draft.remove(ref);
export const removeApp =
  (app: string): Edit =>
  (draft) =>
    draft.removeApp(app);

/** Adds an object to an app. */
export const add =
  (app: string, id: string, namespace: string | undefined, body: Data): Edit =>
  (draft) => {
    const [kind = '', name = ''] = id.split('/');
    const { apiVersion, metadata, ...rest } = body;
    draft.add(app, { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...metadata }, ...rest });
  };

/** Puts a copy with another name beside an object; further fields by their pointers. */
export const copy =
  (ref: string, name: string, fields: Readonly<Record<string, Data>> = {}): Edit =>
  (draft) =>
    draft.copy(ref, (object) => {
      object.metadata.name = name;
      for (const [field, value] of Object.entries(fields)) write(object, field, () => value, ref);
    });

/** Several edits that are one fault. */
export const all =
  (...edits: readonly Edit[]): Edit =>
  (draft) => {
    for (const edit of edits) edit(draft);
  };

const changed =
  (ref: string, field: string, change: (value: Data) => Data): Edit =>
  (draft) =>
    draft.change(ref, (object) => write(object, field, change, ref));

function write(object: Data, field: string, change: (value: Data) => Data, ref: string): void {
  const { parent, step } = locate(object, field, ref);
  const value = change(parent[step]);
  if (value === parent[step] || (isRecord(value) && sameData(value, parent[step]))) {
    throw new RangeError(`Cannot put a fault into "${field}" of ${ref} as it changes nothing there: adapt the fault`);
  }
  if (value !== undefined) parent[step] = value;
  else if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else delete parent[step];
}

/** The record or list that holds a field. Records on the way are made, items are not. */
function locate(object: Data, field: string, ref: string): { parent: Data; step: string } {
  const steps = field.split('/').slice(1);
  let parent = object;
  steps.forEach((each, i) => {
    const step = keyOf(parent, each.replaceAll('~1', '/'), `${field}" of "${ref}`);
    steps[i] = step;
    if (i === steps.length - 1) return;
    if (parent[step] === undefined && !Array.isArray(parent)) parent[step] = {};
    parent = parent[step];
  });
  return { parent, step: steps.at(-1) ?? '' };
}

function keyOf(parent: Data, step: string, about: string): string {
  if (!Array.isArray(parent)) return step;
  const [, name = '', value] = /^([\w.-]+)=(.*)$/.exec(step) ?? [];
  const at = step === '-' ? parent.length : name === '' ? Number(step) : parent.findIndex((item) => String(item[name]) === value);
  if (at < 0 || at > parent.length || Number.isNaN(at)) throw new RangeError(`Cannot find "${step}" in "${about}": adapt the fault`);
  return String(at);
}
