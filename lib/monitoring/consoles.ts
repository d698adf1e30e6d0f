import { Construct } from 'constructs';

import type { Endpoint } from '../kubernetes/endpoint';
import { BasicAuth } from '../routing/basic-auth';
import type { GatewayHandle } from '../routing/gateway';
import { PublicRoute } from '../routing/public-route';
import type { SecretStore } from '../security/secret-store';
import { GRAFANA_PATH } from './grafana';
import { QUERY_SECONDS } from './prometheus-server';

/** Properties for `Consoles`. */
export interface ConsolesProps {
  readonly gateway: GatewayHandle;
  readonly grafana: Endpoint;

  /** The Service of Prometheus that carries the gateway's timeouts. */
  readonly prometheus: Endpoint;

  readonly store: SecretStore;
}

/** Path that the gateway serves Prometheus below, and takes away: Prometheus itself has none. */
export const PROMETHEUS_PATH = '/prometheus';

/** A page of panels asks some fifty questions at once; whoever guesses passwords asks more often. */
const REQUESTS_PER_MINUTE = 600;

const CREDENTIAL = { username: 'prometheus-reader-username', password: 'prometheus-reader-password' } as const;

/** Grafana and Prometheus on the public gateway: HTTPS alone, and nothing to see without a password, for which Prometheus cannot ask itself. */
export class Consoles extends Construct {
  constructor(scope: Construct, { gateway, grafana, prometheus, store }: ConsolesProps) {
    super(scope, 'consoles');

    const common = {
      gateway,
      timeouts: { publicGateway: QUERY_SECONDS },
      rateLimit: { requestsPerMinute: REQUESTS_PER_MINUTE, counters: 'per-proxy' as const },
    };
    const { plugin } = new BasicAuth(this, 'prometheus-reader', { store, credential: CREDENTIAL });

    new PublicRoute(this, 'grafana', { ...common, endpoint: grafana, paths: [{ prefix: GRAFANA_PATH }] });
    new PublicRoute(this, 'prometheus', {
      ...common,
      endpoint: prometheus,
      paths: [{ prefix: PROMETHEUS_PATH, replaceWith: '/' }],
      plugins: [plugin],
    });
  }
}
