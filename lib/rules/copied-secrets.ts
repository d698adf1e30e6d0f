import type { Manifest } from '../kubernetes/manifest';
import { type Data, record, records } from './fields';
import type { SecretKeys } from './secrets';
import type { TargetIndex } from './target-index';

/** What an ExternalSecret copies from a Secret of the cluster itself. */
export interface CopiedSecret {
  readonly object: Manifest;

  /** Where the Secret is named. */
  readonly field: string;

  /** The store, which names the namespace and the account that reads. */
  readonly store: Manifest;
  readonly namespace: string;
  readonly name: string;

  /** The key that is copied; undefined where all of them are. */
  readonly key: string | undefined;

  /** The Secret, where a controller makes it; people may have filled it as well. */
  readonly source: SecretKeys | undefined;
}

/** Every copy of a Secret of the cluster, through a ClusterSecretStore that reads one of its namespaces. */
export function* copiedSecrets(target: TargetIndex): Iterable<CopiedSecret> {
  for (const object of target.all('ExternalSecret.external-secrets.io')) {
    const { secretStoreRef, data, dataFrom } = record(object.spec);
    const store = target.find('ClusterSecretStore.external-secrets.io', '', String(record(secretStoreRef).name));
    const provider = providerOf(store);
    if (store === undefined || provider === undefined) continue;
    const namespace = String(provider.remoteNamespace ?? 'default');
    const copy = (field: string, { key: name, property: key }: Data): CopiedSecret => ({
      ...{ object, field, store, namespace, name: String(name), key },
      source: target.secrets.get(`${namespace}/${String(name)}`),
    });
    for (const [i, { remoteRef }] of records(data).entries()) yield copy(`/spec/data/${i}/remoteRef`, record(remoteRef));
    for (const [i, { extract }] of records(dataFrom).entries()) yield copy(`/spec/dataFrom/${i}/extract`, record(extract));
  }
}

/** How a store reads Secrets of the cluster, if it does. */
export const providerOf = (store: Manifest | undefined): Readonly<Record<string, Data>> | undefined => {
  const { kubernetes } = record(record(store?.spec).provider);
  return kubernetes === undefined ? undefined : record(kubernetes);
};
