import type { Platform } from '../regions/platform';

/** Name of the ClusterSecretStore of every target. */
export const SECRET_STORE = 'platform';

/** Namespace and Secret that play the store on a developer's machine; a person fills it once by hand. */
export const LOCAL_STORE = { namespace: 'external-secrets', secret: 'local-store' };

/** How values are found in a target's store. */
export interface SecretStore {
  /** Name of the ClusterSecretStore. */
  readonly name: string;

  /** Names are letters, digits and dashes: all that every store accepts. */
  reference(name: string): { readonly key: string; readonly property?: string };
}

/** The store of a platform: clouds keep one entry per value, a local Secret keeps all values as its properties. */
export function secretStore({ secretStore: kind }: Platform): SecretStore {
  return { name: SECRET_STORE, reference: (name) => (kind === 'kubernetes' ? { key: LOCAL_STORE.secret, property: name } : { key: name }) };
}
