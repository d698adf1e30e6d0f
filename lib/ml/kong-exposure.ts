import type { Construct } from 'constructs';

import { RedisCache } from '../data/redis';
import { kongMetrics } from '../observability/model-metrics';
import type { ImageName } from '../releases/images';
import type { GatewayHandle } from '../routing/gateway';
import { kongUpstream } from '../routing/kong-upstream';
import { PublicRoute } from '../routing/public-route';
import { RateLimiting } from '../routing/rate-limit';
import { serverTimeouts } from '../routing/request-timeouts';
import { TokenAuthentication } from '../routing/token-authentication';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import { type Exposure, pathOf, RETRIES } from './exposure';
import { toldByService } from './knative-access';
import type { KnativeMlSettings, StandardMlSettings } from './ml-settings';

/** Properties for `exposeThroughKong`. */
export interface KongExposureProps {
  readonly namespace: string;
  readonly settings: StandardMlSettings | KnativeMlSettings;
  readonly gateway: GatewayHandle;

  /** A pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => string;
  readonly store: SecretStore;
  readonly placement: Placement;
}

/** Name of the cache's password in the store. */
const REDIS_PASSWORD = 'ml-redis-password';

/** Kong before models: with tokens of one issuer, whose key the store keeps, and a limit that all proxies count together. */
export function exposeThroughKong(scope: Construct, props: KongExposureProps): Exposure {
  const { namespace, settings, gateway, image, store, placement } = props;
  const timeouts = serverTimeouts(settings.longestAnswerSeconds);

  const cache = new RedisCache(scope, 'ml-redis', {
    ...{
      namespace,
      settings: settings.cache,
      size: 'low',
      image: image('redis'),
      exporter: image('redis-exporter'),
      store,
      storedPassword: REDIS_PASSWORD,
      placement,
    },
  });
  const rateLimit = new RateLimiting(scope, 'models-rate-limit', gateway, {
    ...{ requestsPerMinute: settings.requestsPerMinute, counters: cache.endpoint, password: REDIS_PASSWORD, store },
  });
  const { plugin } = new TokenAuthentication(scope, 'model-clients', {
    store,
    issuer: { algorithm: 'RS256', stored: { issuer: 'model-clients-issuer', publicKey: 'model-clients-public-key' } },
  });

  return {
    ...gateway,
    metrics: kongMetrics,
    upstream: kongUpstream(timeouts.publicGateway, RETRIES),
    publish: (routes, model, endpoint) => {
      new PublicRoute(routes, model.name, {
        ...{ gateway, endpoint, paths: [pathOf(model)], timeouts, rateLimit, plugins: [plugin] },
        ...(settings.mode === 'Knative' ? { annotations: toldByService } : {}),
      });
    },
  };
}
