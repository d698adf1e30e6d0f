import { describe } from '../../kubernetes/manifest';
import { key, kindOf } from '../object-key';
import type { Rule } from '../rule';

export const uniqueObjects: Rule = {
  id: 'unique-objects',
  title: 'Every object of a target is defined once.',
  why: 'Of two definitions in one app Argo CD applies the last one; if two apps define it, each sync undoes the other.',
  fix: 'Define the object in one construct and hand it to the others, or rename one of the two.',
  *check(target) {
    const first = new Map<string, string>();
    for (const object of target.objects) {
      const id = key(kindOf(object), object.metadata.namespace ?? '', object.metadata.name);
      const app = first.get(id);
      if (app === undefined) first.set(id, target.app(object));
      else yield { object, field: '/metadata/name', message: `is taken: app ${app} defines ${describe(object)} already` };
    }
  },
};
