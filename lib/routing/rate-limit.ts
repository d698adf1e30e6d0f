import { Construct } from 'constructs';

import { KongPlugin } from '../../imports/configuration.konghq.com';
import type { Endpoint } from '../kubernetes/endpoint';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import type { GatewayHandle } from './gateway';

/** How often one client may ask. */
export interface RateLimit {
  /** Requests of one client before it is answered 429. */
  readonly requestsPerMinute: number;

  /**
   * What makes a client: whom a plugin has authenticated, and where none has, the address; or the address alone.
   *
   * @default 'consumer'
   */
  readonly client?: 'consumer' | 'ip';

  /** The Redis that the proxies count in: proxies that count on their own would each grant the whole limit. */
  readonly counters: Endpoint;

  /** Name of Redis' password in the target's store. */
  readonly password: string;

  readonly store: SecretStore;
}

/** Milliseconds that a request waits for its count. */
const REDIS_TIMEOUT = 1000;

/** A Kong plugin that limits the requests of each client, counted over all proxies of a gateway. */
export class RateLimiting extends Construct {
  constructor(
    scope: Construct,
    /** Name of the plugin, for routes. */
    public readonly plugin: string,
    gateway: GatewayHandle,
    { requestsPerMinute, client = 'consumer', counters, password, store }: RateLimit,
  ) {
    super(scope, plugin);

    // Kong's controller pastes the value into a JSON patch as it stands, so it must be JSON: a password in quotes.
    const secret = new DeliveredSecret(this, plugin, {
      store,
      values: { password },
      compose: { 'password.json': '{{ .password | toJson }}' },
    }).key('password.json');

    new KongPlugin(this, 'plugin', {
      metadata: { name: plugin, annotations: { ...beforeWorkloads, ...fromAddon } },
      plugin: 'rate-limiting',
      config: {
        minute: requestsPerMinute,
        limit_by: client,
        policy: 'redis',
        redis: { host: counters.host, port: counters.port, timeout: REDIS_TIMEOUT },
        fault_tolerant: true, // without its counters the gateway serves on
      },
      configPatches: [{ path: '/redis/password', valueFrom: { secretKeyRef: { name: secret.secret, key: secret.key } } }],
    });

    connect(gateway.proxies, counters);
  }
}
