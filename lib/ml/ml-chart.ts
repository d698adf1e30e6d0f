import type { App } from 'cdk8s';
import { Construct } from 'constructs';

import { RedisCache } from '../data/redis';
import { AppChart } from '../kubernetes/app-chart';
import type { MeshMode } from '../kubernetes/mesh';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { scrapeAddon } from '../observability/scrape';
import type { Region } from '../regions/region';
import type { ImageName } from '../releases/images';
import type { GatewayHandle } from '../routing/gateway';
import { PublicRoute } from '../routing/public-route';
import { RateLimiting } from '../routing/rate-limit';
import { serverTimeouts } from '../routing/request-timeouts';
import { TokenAuthentication } from '../routing/token-authentication';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import { toldByService, watchKnative } from './knative-access';
import { KServeModel } from './kserve-model';
import { MeshPolicy } from './mesh-policy';
import type { MlSettings, Model } from './ml-settings';
import { defineModelAlerts } from './model-alerts';
import { runtimeOf } from './model-runtimes';
import { ModelStorage } from './model-storage';
import { Runtime } from './serving-runtime';

/** Properties for `MlChart`. */
export interface MlChartProps {
  readonly settings: MlSettings;
  readonly gateway: GatewayHandle;
  readonly region: Region;

  /** A pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => string;
  readonly store: SecretStore;
  readonly placement: Placement;

  /** @default - no mesh: models are called in plain text, by those whom the network lets through */
  readonly mesh?: MeshMode | undefined;
}

const KSERVE = 'kserve' satisfies AddonNamespace;

/** Where its controller serves metrics, as its addon is told. */
const KSERVE_METRICS = 8080;

/** Name of the cache's password in the store. */
const REDIS_PASSWORD = 'ml-redis-password';

/** Predictive models, served by KServe and published to whoever brings a token. */
export class MlChart extends AppChart {
  /**
   * @throws RangeError if the mesh is strict and models are Services of Knative
   */
  constructor(app: App, id: string, { settings, gateway, region, image, store, placement, mesh }: MlChartProps) {
    super(app, id, 'ml');

    if (settings.mode === 'Knative' && mesh === 'strict') {
      throw new RangeError(
        'Cannot ask for mutual TLS of models on "Knative" as its gateway and its activator are no members: make the mesh permissive, or serve with mode "Standard"',
      );
    }

    const { namespace } = this;
    const timeouts = serverTimeouts(settings.longestAnswerSeconds);

    for (const name of settings.runtimes) {
      const { imagePullSecrets } = placement;
      new Runtime(this, name, { image: image(runtimeOf(name).image), imagePullSecrets, mode: settings.mode });
    }
    const storage = new ModelStorage(this, 'storage', { namespace, settings: settings.storage, region, image, store, placement });

    const cache = new RedisCache(this, 'ml-redis', {
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
    const rateLimit = new RateLimiting(this, 'models-rate-limit', gateway, {
      ...{ requestsPerMinute: settings.requestsPerMinute, counters: cache.endpoint, password: REDIS_PASSWORD, store },
    });
    const { plugin } = new TokenAuthentication(this, 'model-clients', {
      store,
      issuer: { algorithm: 'RS256', stored: { issuer: 'model-clients-issuer', publicKey: 'model-clients-public-key' } },
    });

    const [host] = gateway.hosts;
    const routes = new Construct(this, 'routes');
    for (const model of settings.models) {
      const gatewaySeconds = timeouts.publicGateway;
      const { endpoint } = new KServeModel(this, model.name, { namespace, settings, model, storage, region, host, gatewaySeconds });
      new PublicRoute(routes, model.name, {
        ...{ gateway, endpoint, paths: [pathOf(model)], timeouts, rateLimit, plugins: [plugin] },
        ...(settings.mode === 'Knative' ? { annotations: toldByService } : {}),
      });
    }
    defineModelAlerts(this, namespace, settings.models);
    scrapeAddon(
      this,
      { name: 'kserve-controller', namespace: KSERVE, pods: { 'control-plane': 'kserve-controller-manager' } },
      KSERVE_METRICS,
    );
    if (settings.mode === 'Knative') watchKnative(this);
    if (mesh !== undefined)
      new MeshPolicy(this, 'mesh-members', { namespace, mode: mesh, storage: storage.endpoint, proxies: gateway.proxies });
  }
}

/** A path of the environment's own stands for the one of the runtime. */
function pathOf({ name, runtime, path }: Model): { prefix: string; replaceWith?: string } {
  const route = runtimeOf(runtime).route(name);
  return path === undefined ? route : { prefix: path, replaceWith: route.replaceWith ?? route.prefix };
}
