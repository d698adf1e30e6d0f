import { podSecretsOf } from '../config-maps';
import { follow, path } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { SECRET_FIELDS } from './secret-fields';
import { there } from './there';

const PULL_SECRETS = path('/imagePullSecrets/*/name');

export const secretsResolve: Rule = {
  id: 'secrets-resolve',
  title: 'Every Secret that is read is delivered by an ExternalSecret, a Certificate or a database cluster, with the key that is read.',
  why: 'Git holds no Secrets: one that nothing delivers never comes to be, and its reader never starts.',
  fix: 'Deliver the Secret or the key with an ExternalSecret in the namespace of its reader, and pass on the reference it returns.',
  *check(target) {
    for (const workload of target.workloads) {
      for (const { name, key, optional, field } of podSecretsOf(workload)) {
        const message = optional ? undefined : fault(target, workload.namespace, name, key);
        if (message !== undefined) yield { object: workload.object, field, message };
      }
    }
    for (const object of target.all('ServiceAccount')) {
      for (const { field, value } of follow(object, PULL_SECRETS)) {
        const message = fault(target, object.metadata.namespace ?? '', value, undefined);
        if (message !== undefined) yield { object, field, message };
      }
    }
    for (const { of, path, keys, namespace } of SECRET_FIELDS) {
      for (const object of target.all(of)) {
        for (const { field, value } of follow(object, path)) {
          const reference = typeof value === 'string' ? { name: value } : value;
          if (reference.kind !== undefined && reference.kind !== 'Secret') continue;
          const where = namespace ?? reference.namespace ?? object.metadata.namespace ?? '';
          for (const key of keys ?? [reference.key]) {
            const message = fault(target, where, reference.name, key);
            if (message !== undefined) yield { object, field, message };
          }
        }
      }
    }
  },
};

function fault(target: TargetIndex, namespace: string, name: unknown, key: unknown): string | undefined {
  const secret = target.secrets.get(`${namespace}/${String(name)}`);
  if (secret === undefined) {
    const others = [...target.secrets.keys()].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1));
    return `names Secret "${String(name)}", which nothing delivers to ${namespace}${there(others)}`;
  }
  if (key === undefined || secret.keys === undefined || secret.keys.has(String(key))) return undefined;
  return `reads key "${String(key)}" of Secret "${String(name)}", which ${secret.by.kind}/${secret.by.metadata.name} does not deliver${there(secret.keys)}`;
}
