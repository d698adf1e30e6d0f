import { Construct } from 'constructs';

import { KongConsumer, KongPlugin } from '../../imports/configuration.konghq.com';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { publicKong } from './kong';

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

  /** @param name of the plugin, of the consumer whose credential it is, and of the Secret that holds that */
  constructor(scope: Construct, name: string, { store, credential }: BasicAuthProps) {
    super(scope, name);

    this.plugin = name;
    const annotations = { ...beforeWorkloads, ...fromAddon };
    new DeliveredSecret(this, name, { store, values: { ...credential }, labels: { 'konghq.com/credential': 'basic-auth' } });

    new KongConsumer(this, 'consumer', {
      metadata: { name, annotations: { ...annotations, 'kubernetes.io/ingress.class': publicKong.name } },
      username: name,
      credentials: [name],
    });
    new KongPlugin(this, 'plugin', {
      metadata: { name, annotations },
      plugin: 'basic-auth',
      config: { hide_credentials: true }, // what is behind has no use for them
    });
  }
}
