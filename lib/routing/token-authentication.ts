import { Construct } from 'constructs';

import type { DeliveredSecretProps } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { GatewayCredential } from './gateway-credential';

/** Properties for `TokenAuthentication`. */
export interface TokenAuthenticationProps {
  readonly store: SecretStore;
  readonly issuer: TokenIssuer;
}

/** Who signs the tokens. To Kong each is one consumer, whoever the tokens are for. */
export type TokenIssuer = IdentityProvider | OwnIssuer;

/** An identity provider, which signs with a private key of its own. */
export interface IdentityProvider {
  readonly algorithm: 'RS256';

  /** Names in the store: of the issuer as tokens name it (`iss`), and of the public key that it signs with, as PEM. */
  readonly stored: { readonly issuer: string; readonly publicKey: string };
}

/** A service of ours, with which the gateway shares a secret. */
export interface OwnIssuer {
  readonly algorithm: 'HS256';

  /** What tokens name as their issuer (`iss`). */
  readonly name: string;

  /** Name of the secret in the store. */
  readonly storedSecret: string;
}

/**
 * Lets in who brings a token of an issuer: signed by it, not expired. The gateway asks nobody about it, so that it needs neither a way to
 * the issuer nor a session.
 */
export class TokenAuthentication extends Construct {
  /** Name of the plugin, for routes. */
  public readonly plugin: string;

  constructor(scope: Construct, name: string, { store, issuer }: TokenAuthenticationProps) {
    super(scope, name);

    this.plugin = new GatewayCredential(this, name, { store, ...credentialOf(issuer), asks: { kind: 'jwt', config: CHECKS } }).plugin;
  }
}

/** Tokens are not read from a query, which access logs keep. */
const CHECKS = { key_claim_name: 'iss', claims_to_verify: ['exp'], uri_param_names: [], run_on_preflight: false };

/** What Kong checks signatures by. */
function credentialOf(issuer: TokenIssuer): Pick<DeliveredSecretProps, 'values' | 'compose'> {
  const { algorithm } = issuer;
  return algorithm === 'RS256'
    ? { values: { ...issuer.stored }, compose: { algorithm, key: '{{ .issuer }}', rsa_public_key: '{{ .publicKey }}' } }
    : { values: { secret: issuer.storedSecret }, compose: { algorithm, key: issuer.name, secret: '{{ .secret }}' } };
}
