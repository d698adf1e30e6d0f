import type { App } from 'cdk8s';

import { MongoDatabase } from '../data/mongo';
import type { MongoImages } from '../data/mongo-pod';
import { RedisCache } from '../data/redis';
import { AppChart } from '../kubernetes/app-chart';
import type { Endpoint } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import { catalog, type ModelName } from '../models/catalog';
import type { ServedModel } from '../models/served-model';
import type { GatewayHandle } from '../routing/gateway';
import { kongUpstream } from '../routing/kong-upstream';
import { PublicRoute } from '../routing/public-route';
import { RateLimiting } from '../routing/rate-limit';
import type { RequestTimeouts } from '../routing/request-timeouts';
import { TokenAuthentication } from '../routing/token-authentication';
import { connect } from '../security/connect';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import { WebService } from '../workloads/web-service';
import { serviceSecrets } from './gpt-secrets';
import type { GptSettings } from './gpt-settings';
import { modelAccess } from './model-access';
import { type GptService, gptContainer, gptPorts } from './service-containers';

/** Properties for `GptChart`. */
export interface GptChartProps {
  readonly settings: GptSettings;

  /** What the target serves. */
  readonly models: readonly ServedModel[];

  /** The LLM gateway. */
  readonly litellm: { readonly endpoint: Endpoint; readonly timeouts: RequestTimeouts };

  readonly gateway: GatewayHandle;
  readonly images: Readonly<Record<GptService, string>> & MongoImages & { readonly redis: string; readonly redisExporter: string };
  readonly store: SecretStore;
  readonly placement: Placement;
}

/** Names in the store. */
const STORED = { mongodb: 'gpt-mongodb', redis: 'gpt-redis-password', jwt: 'gpt-jwt-secret' };

/** The auth service, as tokens name it: the gateway knows issuers of other apps as well. */
const ISSUER = 'gpt-auth-service';

/** Longest time that a request takes which no model answers, seconds. */
const SHORT_SECONDS = 60;

/** GPT: services for chatting and logging in, with what users write in MongoDB. Users reach them through the gateway, which wants a token for chatting. */
export class GptChart extends AppChart {
  constructor(app: App, id: string, { settings, models, litellm, gateway, images, store, placement }: GptChartProps) {
    super(app, id, 'gpt');

    const { replicas, size, requestsPerMinute } = settings;
    const model = modelAccess(chosen(settings.model, models), litellm);
    const { timeouts } = model;
    const common = { namespace: this.namespace, size, store, placement };

    const mongodb = new MongoDatabase(this, 'mongodb', {
      ...{ ...common, settings: settings.database, images, stored: STORED.mongodb, consumers: ['auth', 'chat'] },
    });
    // Not `redis`: the gateway's proxies count in other apps' as well, and their policies are named after each.
    const cache = new RedisCache(this, 'gpt-redis', {
      ...{ ...common, settings: settings.cache, image: images.redis, exporter: images.redisExporter, storedPassword: STORED.redis },
    });

    const service = (name: GptService, longestRequestSeconds: number, env: Readonly<Record<string, string | SecretKey>>): Endpoint =>
      new WebService(this, name, {
        ...{ namespace: this.namespace, placement, longestRequestSeconds },
        container: gptContainer({ service: name, image: images[name], size, env }),
        ports: { http: gptPorts[name] },
        probes: { liveness: '/health', readiness: '/health', startupSeconds: 60 },
        scale: { kind: 'fixed', replicas },
        ...(name === 'admin-service' ? {} : { service: { annotations: kongUpstream(timeouts.publicGateway) } }),
      }).endpoint;

    // Routes are in Git, so that it has nothing to set up: administrators reach it from inside the cluster alone.
    service('admin-service', SHORT_SECONDS, {});

    const issuer = { algorithm: 'HS256', name: ISSUER, storedSecret: STORED.jwt } as const;
    const auth = service('auth-service', SHORT_SECONDS, {
      ...{ JWT_ISSUER: issuer.name, JWT_ALGORITHM: issuer.algorithm },
      ...serviceSecrets(this, 'auth-service', {
        store,
        database: mongodb.databaseOf('auth'),
        fetched: { JWT_SECRET: issuer.storedSecret },
      }),
    });
    connect(auth, mongodb.endpoint);

    const chat = service('chat-service', timeouts.client, {
      ...{ LLM_BASE_URL: model.baseUrl, LLM_TIMEOUT_SECONDS: `${timeouts.client}` },
      ...(model.servedName === undefined ? {} : { LLM_MODEL: model.servedName }),
      ...serviceSecrets(this, 'chat-service', {
        ...{ store, database: mongodb.databaseOf('chat') },
        fetched: model.storedKey === undefined ? {} : { LLM_API_KEY: model.storedKey },
      }),
    });
    for (const endpoint of [model.endpoint, mongodb.endpoint]) connect(chat, endpoint);

    const { plugin } = new TokenAuthentication(this, 'chat-users', { store, issuer });
    // By address: to the gateway all tokens are of one consumer, who issued them.
    const rateLimit = new RateLimiting(this, 'gpt-rate-limit', gateway, {
      ...{ requestsPerMinute, client: 'ip', counters: cache.endpoint, password: STORED.redis, store },
    });
    new PublicRoute(this, 'chat', { gateway, endpoint: chat, paths: [{ prefix: '/' }], plugins: [plugin], timeouts, rateLimit });
    // Another app on the same gateway has a service of that name, and policies are named after both ends.
    const signIn = { ...auth, name: 'gpt-auth-service' };
    new PublicRoute(this, 'sign-in', { gateway, endpoint: signIn, paths: [{ prefix: '/auth' }], timeouts, rateLimit });
  }
}

/**
 * The model of that name, or the first one.
 *
 * @throws RangeError if the target does not serve it
 */
function chosen(name: ModelName | undefined, models: readonly ServedModel[]): ServedModel | undefined {
  if (name === undefined) return models[0];
  const found = models.find(({ servedName }) => servedName === catalog[name].servedName);
  if (found === undefined) {
    const others = models.map(({ servedName }) => servedName).join(', ') || 'no model';
    throw new RangeError(`Cannot chat with "${name}" as the target serves ${others}: name one of these in gpt.model, or serve it`);
  }
  return found;
}
