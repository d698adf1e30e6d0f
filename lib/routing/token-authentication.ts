import { Construct } from 'constructs';

import { KongConsumer, KongPlugin } from '../../imports/configuration.konghq.com';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { publicKong } from './kong';

/** Properties for `TokenAuthentication`. */
export interface TokenAuthenticationProps {
  readonly store: SecretStore;

  /** Names in the store: of the issuer as tokens name it (`iss`), and of the public key that it signs with, as PEM. */
  readonly stored: { readonly issuer: string; readonly publicKey: string };
}

/**
 * Lets in who brings a token of the identity provider: signed by its key (RS256), not expired. The gateway asks nobody about it, so
 * that it needs neither a way to the provider nor a session.
 */
export class TokenAuthentication extends Construct {
  /** Name of the plugin, for routes. */
  public readonly plugin: string;

  constructor(scope: Construct, name: string, { store, stored }: TokenAuthenticationProps) {
    super(scope, name);

    this.plugin = name;
    const annotations = { ...beforeWorkloads, ...fromAddon };

    new DeliveredSecret(this, name, {
      store,
      labels: { 'konghq.com/credential': 'jwt' },
      values: { issuer: stored.issuer, publicKey: stored.publicKey },
      compose: { algorithm: 'RS256', key: '{{ .issuer }}', rsa_public_key: '{{ .publicKey }}' },
    });
    new KongConsumer(this, 'consumer', {
      metadata: { name, annotations: { ...annotations, 'kubernetes.io/ingress.class': publicKong.name } },
      username: name,
      credentials: [name],
    });
    new KongPlugin(this, 'plugin', {
      metadata: { name, annotations },
      plugin: 'jwt',
      // Not in a query, which access logs keep.
      config: { key_claim_name: 'iss', claims_to_verify: ['exp'], uri_param_names: [], run_on_preflight: false },
    });
  }
}
