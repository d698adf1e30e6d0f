import type { Manifest } from '../kubernetes/manifest';
import { type Data, follow, path, record, records } from './fields';
import type { Problem } from './rule';

/** An Application as Argo CD sees it, and where it stands in Git. */
export interface Delivered {
  readonly application: Manifest;

  /** The object that Git holds: the Application itself, or the ApplicationSet that yields it. */
  readonly owner: Manifest;

  /** Where the Application's own fields stand in its owner. */
  readonly field: '' | '/spec/template';

  /**
   * Where the element stands that it was made from.
   *
   * @default - Git holds the Application itself
   */
  readonly element?: string;
}

/** Go's templates as far as they can be read here: a key, and nothing else. */
const KEY = /\{\{\s*\.(\w+)\s*\}\}/g;

/** What is left of a text that could not be rendered. */
export const isRendered = (text: string): boolean => !text.includes('{{') && !text.includes('}}');

/** Every Application that an ApplicationSet yields. A key that an element lacks stays as it is written. */
export function deliveredBy(owner: Manifest): readonly Delivered[] {
  const { generators, template } = record(owner.spec);
  return records(generators).flatMap((generator, i) =>
    records(generator.list?.elements).map((element, j): Delivered => {
      const { metadata, ...rest } = record(render(record(template), element));
      const application = { apiVersion: owner.apiVersion, kind: 'Application', ...rest };
      return {
        application: {
          ...application,
          metadata: { ...record(metadata), name: String(record(metadata).name), namespace: owner.metadata.namespace ?? '' },
        },
        owner,
        field: '/spec/template',
        element: `/spec/generators/${i}/list/elements/${j}`,
      };
    }),
  );
}

function render(template: Data, element: Readonly<Record<string, Data>>): Data {
  if (typeof template === 'string') {
    return template.includes('{{')
      ? template.replace(KEY, (all, key) => (Object.hasOwn(element, key) ? String(element[key]) : all))
      : template;
  }
  if (Array.isArray(template)) return template.map((item) => render(item, element));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.keys(template).map((field) => [field, render(template[field], element)]));
}

/** The keys that a template asks of its elements. */
export const keysIn = (text: string): readonly string[] => [...text.matchAll(KEY)].map(([, key = '']) => key);

/**
 * A problem with a field of an Application, where a person would mend it: in the element whose value it is, in the
 * template, or in the Application itself.
 *
 * @param pointer JSON pointer within the Application
 */
export function problemAt({ owner, field, element }: Delivered, pointer: string, message: string): Problem {
  if (element !== undefined) {
    const [found] = follow(owner, path(`${field}${pointer}`));
    const [key] = typeof found?.value === 'string' ? keysIn(found.value) : [];
    if (key !== undefined) return { object: owner, field: `${element}/${key}`, message };
  }
  return { object: owner, field: `${field}${pointer}`, message };
}
