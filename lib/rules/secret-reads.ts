import type { Manifest } from '../kubernetes/manifest';
import { podSecretsOf } from './config-maps';
import { follow, path } from './fields';
import { SECRET_FIELDS } from './secret-fields';
import type { TargetIndex } from './target-index';

/** A place that reads a Secret. */
export interface SecretRead {
  readonly object: Manifest;
  readonly field: string;
  readonly namespace: string;
  readonly name: string;

  /** The key that is read; undefined where any may be. */
  readonly key: string | undefined;

  /** Whether the reader can do without. */
  readonly optional: boolean;
}

const PULL_SECRETS = path('/imagePullSecrets/*/name');

/** Every place where a pod, a service account or a custom resource reads a Secret. */
export function* secretReads(target: TargetIndex): Iterable<SecretRead> {
  for (const workload of target.workloads) {
    const { object, namespace } = workload;
    for (const reference of podSecretsOf(workload)) yield { object, namespace, ...reference };
  }
  for (const object of target.all('ServiceAccount')) {
    for (const { field, value } of follow(object, PULL_SECRETS)) {
      yield { object, field, namespace: object.metadata.namespace ?? '', name: String(value), key: undefined, optional: false };
    }
  }
  for (const { of, path, keys, namespace } of SECRET_FIELDS) {
    for (const object of target.all(of)) {
      for (const { field, value } of follow(object, path)) {
        const reference = typeof value === 'string' ? { name: value } : value;
        if (reference.kind !== undefined && reference.kind !== 'Secret') continue;
        const where = namespace ?? reference.namespace ?? object.metadata.namespace ?? '';
        for (const key of keys ?? [reference.key]) {
          yield { object, field, namespace: where, name: String(reference.name), key, optional: false };
        }
      }
    }
  }
}
