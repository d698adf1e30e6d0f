import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, isRecord } from '../fields';
import type { Problem, Rule } from '../rule';
import { formOf, keyFault, nameFault, valueFault } from './names';

export const namesFit: Rule = {
  id: 'names-fit',
  title: 'Names, labels and annotations have the form and the length that the API server takes, with room for what controllers append.',
  why: 'The API server refuses the object, or takes it and then refuses the pods, Jobs and revisions whose names and labels are made of this one.',
  fix: 'Correct the name or shorten it; put values of labels and annotations in quotes.',
  alone: true,
  *check(target) {
    // The same few labels stand on every object: what was found right is not looked at again.
    const right = new Set<string>();
    for (const object of target.objects) {
      const { name, namespace, labels, annotations } = object.metadata;
      const message = nameFault(name, formOf(object.kind));
      if (message !== undefined) yield { object, field: '/metadata/name', message };
      if (namespace !== undefined && !right.has(`namespace ${namespace}`)) {
        const fault = nameFault(namespace, formOf('Namespace'));
        if (fault === undefined) right.add(`namespace ${namespace}`);
        else yield { object, field: '/metadata/namespace', message: fault };
      }
      yield* faults(object, labels, '/metadata/labels', true, right);
      yield* faults(object, annotations, '/metadata/annotations', false, right);
    }
    for (const { object, field, labels, annotations } of target.workloads) {
      const at = field.replace(/spec$/, 'metadata');
      yield* faults(object, labels, `${at}/labels`, true, right);
      yield* faults(object, annotations, `${at}/annotations`, false, right);
    }
  },
};

function* faults(object: Manifest, entries: Data, field: string, areLabels: boolean, right: Set<string>): Iterable<Problem> {
  if (entries === undefined || entries === null) return;
  if (!isRecord(entries)) {
    yield { object, field, message: 'is no map of texts' };
    return;
  }
  for (const key in entries) {
    const value = entries[key];
    if (!right.has(key)) {
      const message = keyFault(key);
      if (message === undefined) right.add(key);
      else yield { object, field: `${field}/${escaped(key)}`, message };
    }
    if (typeof value !== 'string') {
      yield { object, field: `${field}/${escaped(key)}`, message: `is ${JSON.stringify(value)}, not a text` };
    } else if (areLabels && !right.has(`= ${value}`)) {
      const message = valueFault(value);
      if (message === undefined) right.add(`= ${value}`);
      else yield { object, field: `${field}/${escaped(key)}`, message };
    }
  }
}
