import type { Rule } from '../rule';
import { type SecretRead, secretReads } from '../secret-reads';
import type { TargetIndex } from '../target-index';
import { there } from './there';

export const secretsResolve: Rule = {
  id: 'secrets-resolve',
  title: 'Every Secret that is read is delivered by an ExternalSecret, a Certificate or a database cluster, with the key that is read.',
  why: 'Git holds no Secrets: one that nothing delivers never comes to be, and its reader never starts.',
  fix: 'Deliver the Secret or the key with an ExternalSecret in the namespace of its reader, and pass on the reference it returns.',
  *check(target) {
    for (const read of secretReads(target)) {
      const message = read.optional ? undefined : fault(target, read);
      if (message !== undefined) yield { object: read.object, field: read.field, message };
    }
  },
};

function fault(target: TargetIndex, { namespace, name, key }: SecretRead): string | undefined {
  const secret = target.secrets.get(`${namespace}/${name}`);
  if (secret === undefined) {
    const others = [...target.secrets.keys()].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1));
    return `names Secret "${name}", which nothing delivers to ${namespace}${there(others)}`;
  }
  if (key === undefined || secret.keys === undefined || secret.keys.has(key)) return undefined;
  return `reads key "${key}" of Secret "${name}", which ${secret.by.kind}/${secret.by.metadata.name} does not deliver${there(secret.keys)}`;
}
