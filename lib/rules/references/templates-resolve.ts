import { record, records } from '../fields';
import type { Rule } from '../rule';
import { there } from './there';

const ACTION = /\{\{([^{}]*)\}\}/g;
const VARIABLE = /(?<![\w.)\]])\.([A-Za-z_]\w*)|index\s+\.\s+"([^"]+)"/g;

export const templatesResolve: Rule = {
  id: 'templates-resolve',
  title: 'Every variable in the template of an ExternalSecret is fetched, and every fetched value is used.',
  why: 'External Secrets refuses a template that does not parse or that uses an unknown variable, and the Secret is never created.',
  fix: 'Use the same name as secretKey and in the template: {{ .name }}.',
  alone: true,
  *check(target) {
    for (const object of target.all('ExternalSecret.external-secrets.io')) {
      const { data, dataFrom, target: destination } = record(object.spec);
      const template = record(destination?.template);
      const fetched = new Set(records(data).map(({ secretKey }) => String(secretKey)));
      const used = new Set<string>();
      for (const [field, text] of Object.entries(record(template.data))) {
        const broken = brokenAction(String(text));
        if (broken !== undefined) {
          const message = `cannot be parsed at "${broken}": write an action as {{ … }}`;
          yield { object, field: `/spec/target/template/data/${field}`, message };
        }
        for (const variable of variables(String(text))) {
          used.add(variable);
          if (fetched.has(variable) || records(dataFrom).length > 0) continue;
          const message = `uses ".${variable}", which is not fetched${there(fetched, variable)}`;
          yield { object, field: `/spec/target/template/data/${field}`, message };
        }
      }
      if (template.data === undefined || template.mergePolicy === 'Merge' || records(template.templateFrom).length > 0) continue;
      for (const [i, { secretKey }] of records(data).entries()) {
        if (used.has(String(secretKey))) continue;
        yield { object, field: `/spec/data/${i}/secretKey`, message: `fetches "${secretKey}", which the template does not use` };
      }
    }
  },
};

/** The first place of a template where braces do not come in pairs. */
function brokenAction(text: string): string | undefined {
  const left = text.replaceAll(ACTION, (action) => ' '.repeat(action.length));
  const at = left.search(/\{\{|\}\}/);
  return at < 0 ? undefined : text.slice(at, at + 30);
}

function* variables(text: string): Iterable<string> {
  for (const [, action = ''] of text.matchAll(ACTION)) {
    for (const [, field, indexed] of action.matchAll(VARIABLE)) yield field ?? indexed ?? '';
  }
}
