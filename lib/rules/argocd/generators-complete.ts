import type { Manifest } from '../../kubernetes/manifest';
import { isRendered, keysIn } from '../delivered';
import { isRecord, record, records } from '../fields';
import { there } from '../references/there';
import type { FleetRule, Problem } from '../rule';
import { visitTexts } from '../texts';

export const generatorsComplete: FleetRule = {
  id: 'generators-complete',
  title: 'Every ApplicationSet lists elements, and each holds every key that the strict template asks for.',
  why: 'Without a strict template a misspelt key becomes the text <no value> in a name or a path; with it, no Application of the set is updated. Other generators than lists make Applications that nobody reviewed.',
  fix: 'Let lib/gitops/application-set.ts write list elements with the same keys, all of them texts, goTemplate: true and goTemplateOptions: [missingkey=error], and use {{.key}} alone.',
  *checkFleet({ hub }) {
    for (const object of hub.all('ApplicationSet.argoproj.io')) {
      const { goTemplate, goTemplateOptions, templatePatch, generators, template } = record(object.spec);
      const strict = Array.isArray(goTemplateOptions) && goTemplateOptions.includes('missingkey=error');
      if (goTemplate !== true) yield { object, field: '/spec/goTemplate', message: 'is not true' };
      if (!strict) yield { object, field: '/spec/goTemplateOptions', message: 'lack "missingkey=error"' };
      if (templatePatch !== undefined)
        yield { object, field: '/spec/templatePatch', message: 'is written: what it makes of the template is not known here' };
      if (records(generators).length === 0) yield { object, field: '/spec/generators', message: 'is empty' };

      const keys = new Set<string>();
      for (const { field, found } of visitTexts(template, ({ value }) => value)) {
        for (const key of keysIn(found)) keys.add(key);
        const rest = found.replaceAll(/\{\{\s*\.\w+\s*\}\}/g, '');
        if (!isRendered(rest)) yield { object, field: `/spec/template${field}`, message: `is "${found}", not text and {{.key}} alone` };
      }
      for (const [i, generator] of records(generators).entries()) yield* elementProblems(object, generator, `/spec/generators/${i}`, keys);
    }
  },
};

function* elementProblems(
  object: Manifest,
  generator: Readonly<Record<string, unknown>>,
  field: string,
  keys: ReadonlySet<string>,
): Iterable<Problem> {
  const elements = record(generator['list'])['elements'];
  const [other] = Object.keys(generator).filter((name) => name !== 'list');
  if (other !== undefined) yield { object, field: `${field}/${other}`, message: 'is no list: what it yields is not known here' };
  if (!Array.isArray(elements) || elements.length === 0) {
    if (other === undefined) yield { object, field: `${field}/list/elements`, message: 'is empty' };
    return;
  }
  for (const [i, element] of elements.entries()) {
    const at = `${field}/list/elements/${i}`;
    if (!isRecord(element)) {
      yield { object, field: at, message: 'is no element with keys' };
      continue;
    }
    for (const key of keys) {
      const value = Object.hasOwn(element, key) ? element[key] : undefined;
      if (value === undefined)
        yield { object, field: at, message: `lacks the key "${key}", which the template uses${there(Object.keys(element))}` };
      else if (typeof value !== 'string' || value === '')
        yield { object, field: `${at}/${key}`, message: `is ${JSON.stringify(value)}, not a text` };
      else if (!isRendered(value)) yield { object, field: `${at}/${key}`, message: `is "${value}", and elements are not rendered` };
    }
  }
}
