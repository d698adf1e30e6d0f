import type { Manifest } from '../kubernetes/manifest';
import { podSecretsOf } from './config-maps';
import { follow, path } from './fields';
import { ISTIO_GATEWAY, podsBehind } from './istio';
import { perObject } from './per-object';
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

const ISTIO_CREDENTIALS = path('/spec/servers/*/tls/credentialName');
/** Secrets of an account: for pulling images, and those that KServe takes keys from. */
const OF_ACCOUNTS = [path('/imagePullSecrets/*/name'), path('/secrets/*/name')];

/** Fields by kind, each with what it finds in an object. */
const FIELDS = SECRET_FIELDS.map(({ of, path: way, keys, namespace }) => ({
  of,
  readsIn: perObject((object): readonly SecretRead[] =>
    follow(object, way).flatMap(({ field, value }) => {
      const reference = typeof value === 'string' ? { name: value } : value;
      if (reference.kind !== undefined && reference.kind !== 'Secret') return [];
      const where = namespace ?? reference.namespace ?? object.metadata.namespace ?? '';
      return (keys ?? [reference.key]).map((key) => ({
        ...{ object, field, namespace: where, name: String(reference.name), key },
        optional: false,
      }));
    }),
  ),
}));

/** Every place where a pod, a service account or a custom resource reads a Secret. */
export function* secretReads(target: TargetIndex): Iterable<SecretRead> {
  for (const workload of target.workloads) {
    const { object, namespace } = workload;
    for (const reference of podSecretsOf(workload)) yield { object, namespace, ...reference };
  }
  for (const object of target.all('ServiceAccount')) {
    for (const { field, value } of OF_ACCOUNTS.flatMap((way) => follow(object, way))) {
      yield { object, field, namespace: object.metadata.namespace ?? '', name: String(value), key: undefined, optional: false };
    }
  }
  for (const object of target.all(ISTIO_GATEWAY)) yield* ofIstio(object, target);
  for (const { of, readsIn } of FIELDS) {
    for (const object of target.all(of)) yield* readsIn(object);
  }
}

/** Istio hands a server's certificate to the gateway's pods out of their own namespace, wherever the Gateway itself is. */
function* ofIstio(object: Manifest, target: TargetIndex): Iterable<SecretRead> {
  const pods = podsBehind(object, target).map(({ namespace }) => namespace);
  const namespaces = new Set(pods.length === 0 ? [object.metadata.namespace ?? ''] : pods);
  for (const { field, value } of follow(object, ISTIO_CREDENTIALS)) {
    for (const namespace of namespaces) {
      for (const key of ['tls.crt', 'tls.key']) yield { object, field, namespace, name: String(value), key, optional: false };
    }
  }
}
