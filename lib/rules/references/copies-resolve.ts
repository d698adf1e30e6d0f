import type { Manifest } from '../../kubernetes/manifest';
import { type CopiedSecret, copiedSecrets, providerOf } from '../copied-secrets';
import { record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

const RBAC = 'rbac.authorization.k8s.io';

export const copiesResolve: Rule = {
  id: 'copies-resolve',
  title: 'What is copied from a Secret of the cluster is one of its keys, no private one, and may be read by who copies.',
  why: 'A copy of what is not there, or may not be read, never comes to be; and a private key that is copied can be stolen where nobody looks for it.',
  fix: 'Copy the one key that is meant, and let the account of the store get that Secret, as lib/foundation/ca-store.ts does.',
  *check(target) {
    for (const copied of copiedSecrets(target)) {
      const { object, field } = copied;
      for (const [at, message] of faults(copied, target)) yield { object, field: `${field}${at}`, message };
    }
  },
};

function* faults(copied: CopiedSecret, target: TargetIndex): Iterable<readonly [field: string, message: string]> {
  const { store, namespace, name, key, source } = copied;
  if (!mayRead(copied, target)) {
    const message = `is "${name}", which the account of ${store.metadata.name} may not get in ${namespace}`;
    yield ['/key', message];
  }
  if (source?.keys === undefined) return;
  const maker = `${source.by.kind}/${source.by.metadata.name}`;
  const secrets = [...source.keys].filter((each) => each.endsWith('.key'));
  if (key === undefined) {
    if (secrets.length > 0) yield ['/property', `is missing: ${secrets.join(' and ')} of ${maker} would be copied with the others`];
  } else if (!source.keys.has(key)) {
    yield ['/property', `is "${key}", which ${maker} does not put there${there(source.keys)}`];
  } else if (secrets.includes(key)) {
    yield ['/property', `is "${key}", the private key of ${maker}: it stays where it is`];
  }
}

/** Whether a Role in the namespace of the Secret lets the account of the store get it. */
function mayRead({ store, namespace, name }: CopiedSecret, target: TargetIndex): boolean {
  const account = record(record(providerOf(store)?.['auth'])['serviceAccount']);
  return target.all(`RoleBinding.${RBAC}`).some(({ metadata, roleRef, subjects }: Manifest) => {
    if (metadata.namespace !== namespace) return false;
    const bound = records(subjects).some((each) => each.name === account['name'] && each.namespace === account['namespace']);
    return bound && grants(target.find(`Role.${RBAC}`, namespace, String(record(roleRef)['name'])), name);
  });
}

function grants(role: Manifest | undefined, name: string): boolean {
  return records(role?.['rules']).some(({ resources, resourceNames, verbs }) => {
    const lists = [resources, verbs].map((list) => (Array.isArray(list) ? list : []));
    const named = Array.isArray(resourceNames) ? resourceNames : [name];
    return lists[0]?.includes('secrets') && lists[1]?.includes('get') && named.includes(name);
  });
}
