import { Chart } from 'cdk8s';
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
export type RateLimit = CountedTogether | CountedApart;

interface Limit {
  /** Requests of one client before it is answered 429. */
  readonly requestsPerMinute: number;

  /**
   * What makes a client: whom a plugin has authenticated, and where none has, the address; or the address alone.
   *
   * @default 'consumer'
   */
  readonly client?: 'consumer' | 'ip';
}

/** Where proxies count together. */
export interface SharedCounters {
  /** The Redis that the proxies count in: of the app itself, or of one whose routes are counted there. */
  readonly counters: Endpoint;

  /** Name of Redis' password in the target's store. */
  readonly password: string;
}

/** For what the world asks: however many proxies there are, the limit is the same. */
export interface CountedTogether extends Limit, SharedCounters {
  readonly store: SecretStore;
}

/** For what few people ask: each proxy grants the whole limit. */
export interface CountedApart extends Limit {
  readonly counters: 'per-proxy';
}

/** Milliseconds that a request waits for its count. */
const REDIS_TIMEOUT = 1000;

/** A Kong plugin that limits the requests of each client. */
export class RateLimiting extends Construct {
  constructor(
    scope: Construct,
    /** Name of the plugin, for routes. */
    public readonly plugin: string,
    gateway: GatewayHandle,
    limit: RateLimit,
  ) {
    super(scope, plugin);

    const common = {
      minute: limit.requestsPerMinute,
      limit_by: limit.client ?? 'consumer',
      fault_tolerant: true, // without its counters the gateway serves on
    };
    const metadata = { name: plugin, annotations: { ...beforeWorkloads, ...fromAddon } };
    if (limit.counters === 'per-proxy') {
      new KongPlugin(this, 'plugin', { metadata, plugin: 'rate-limiting', config: { ...common, policy: 'local' } });
      return;
    }
    const { counters, password, store } = limit;

    // Kong's controller pastes the value into a JSON patch as it stands, so it must be JSON: a password in quotes.
    const secret = new DeliveredSecret(this, plugin, {
      store,
      values: { password },
      compose: { 'password.json': '{{ .password | toJson }}' },
    }).key('password.json');

    new KongPlugin(this, 'plugin', {
      metadata,
      plugin: 'rate-limiting',
      config: { ...common, policy: 'redis', redis: { host: counters.host, port: counters.port, timeout: REDIS_TIMEOUT } },
      configPatches: [{ path: '/redis/password', valueFrom: { secretKeyRef: { name: secret.secret, key: secret.key } } }],
    });

    // Another app's Redis lets the proxies in already, for they count the requests of that app's own routes there.
    if (counters.namespace === Chart.of(this).namespace) connect(gateway.proxies, counters);
  }
}
