import type { Problem, Rule } from '../rule';
import { type SecretRead, secretReads } from '../secret-reads';
import type { TargetIndex } from '../target-index';
import { there } from './there';

/** A key that a volume takes from a Secret. */
const ITEM = /\/secret\/items\/\d+\/key$/;

export const secretsResolve: Rule = {
  id: 'secrets-resolve',
  title: 'Every Secret that is read is delivered by an ExternalSecret, a Certificate or a database cluster, with the key that is read.',
  why: 'Git holds no Secrets: a Secret that no ExternalSecret, Certificate or database cluster delivers is never created, and the pods that read it never start.',
  fix: 'Correct the name, or deliver the Secret or the key with DeliveredSecret of lib/security/delivered-secret.ts in the namespace of its reader, and pass on the reference that it returns.',
  *check(target) {
    for (const read of secretReads(target)) {
      const problem = read.optional ? undefined : fault(target, read);
      if (problem !== undefined) yield { object: read.object, ...problem };
    }
  },
};

function fault(target: TargetIndex, { field, namespace, name, key }: SecretRead): Pick<Problem, 'field' | 'message'> | undefined {
  const secret = target.secrets.get(`${namespace}/${name}`);
  if (secret === undefined) {
    if (ITEM.test(field)) return undefined; // said where the volume names the Secret
    const others = [...target.secrets.keys()].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1));
    return { field, message: `names Secret "${name}", which nothing delivers to ${namespace}${there(others, name)}` };
  }
  if (key === undefined || secret.keys === undefined || secret.keys.has(key)) return undefined;
  const message = `reads key "${key}" of Secret "${name}", which ${secret.by.kind}/${secret.by.metadata.name} does not deliver${there(secret.keys, key)}`;
  return { field: field.replace(/(\/secretKeyRef)(?:\/name)?$/, '$1/key'), message };
}
