import type { Rule } from '../rule';
import { secretReads } from '../secret-reads';

export const secretsAreRead: Rule = {
  id: 'secrets-are-read',
  title: 'Every key that an ExternalSecret delivers beside our pods is read.',
  why: 'A credential that nobody reads can only be stolen; more often its reader asks for another name and gets nothing.',
  fix: 'Read the key under the name that is delivered, or remove it from the ExternalSecret.',
  *check(target) {
    const read = new Map<string, Set<string> | 'all'>();
    for (const { namespace, name, key } of secretReads(target)) {
      const id = `${namespace}/${name}`;
      const keys = read.get(id) ?? new Set();
      if (key === undefined) read.set(id, 'all');
      else if (keys !== 'all') read.set(id, keys.add(key));
    }

    const own = new Set(target.workloads.map(({ namespace }) => namespace));
    for (const [id, { by: object, keys }] of target.secrets) {
      // Charts of addons read the Secrets of their namespaces in ways that no manifest of ours shows.
      if (object.kind !== 'ExternalSecret' || !own.has(object.metadata.namespace ?? '')) continue;
      const readers = read.get(id);
      if (readers === undefined)
        yield { object, field: '/spec/target/name', message: `delivers Secret "${id.split('/')[1]}", which no pod and no object reads` };
      else if (readers !== 'all' && keys !== undefined) {
        for (const key of keys) {
          if (!readers.has(key)) yield { object, field: '/spec/data', message: `delivers key "${key}", which no pod and no object reads` };
        }
      }
    }
  },
};
