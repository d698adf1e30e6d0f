import { Construct } from 'constructs';

import { KongConsumer, KongPlugin } from '../../imports/configuration.konghq.com';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { DeliveredSecret, type DeliveredSecretProps } from '../security/delivered-secret';
import { publicKong } from './kong';

/** Properties for `GatewayCredential`. */
export interface GatewayCredentialProps extends Pick<DeliveredSecretProps, 'store' | 'values' | 'compose'> {
  /** The kind of credential, by which the plugin that asks for it is called as well, and how that asks. */
  readonly asks: { readonly kind: 'basic-auth' | 'jwt'; readonly config: object };
}

/** A credential that the public gateway knows, and asks for where routes name its plugin. */
export class GatewayCredential extends Construct {
  /** Name of the plugin, for routes. */
  public readonly plugin: string;

  /** @param name of the plugin, of the consumer whose credential it is, and of the Secret that holds that */
  constructor(scope: Construct, name: string, { asks, ...secret }: GatewayCredentialProps) {
    super(scope, name);

    this.plugin = name;
    const annotations = { ...beforeWorkloads, ...fromAddon };

    new DeliveredSecret(this, name, { ...secret, labels: { 'konghq.com/credential': asks.kind } });
    new KongConsumer(this, 'consumer', {
      metadata: { name, annotations: { ...annotations, 'kubernetes.io/ingress.class': publicKong.name } },
      username: name,
      credentials: [name],
    });
    new KongPlugin(this, 'plugin', { metadata: { name, annotations }, plugin: asks.kind, config: asks.config });
  }
}
