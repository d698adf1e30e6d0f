import { Construct } from 'constructs';

import type { SecretStore } from '../security/secret-store';
import { GatewayCredential } from './gateway-credential';

/** Properties for `BasicAuth`. */
export interface BasicAuthProps {
  readonly store: SecretStore;

  /** Names in the store of what people sign in with. */
  readonly credential: { readonly username: string; readonly password: string };
}

/** Has the public gateway ask for a name and a password before it lets anybody through to what knows neither. */
export class BasicAuth extends Construct {
  /** Name of the plugin, for routes. */
  public readonly plugin: string;

  constructor(scope: Construct, name: string, { store, credential }: BasicAuthProps) {
    super(scope, name);

    // What is behind has no use for them.
    const asks = { kind: 'basic-auth', config: { hide_credentials: true } } as const;
    this.plugin = new GatewayCredential(this, name, { store, values: { ...credential }, asks }).plugin;
  }
}
