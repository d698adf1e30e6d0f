import type { App } from 'cdk8s';

import { PostgresCluster } from '../data/postgres';
import type { DatabaseArchive } from '../data/postgres-archive';
import { waitForDatabase } from '../data/postgres-database';
import { RedisCache } from '../data/redis';
import { AppChart } from '../kubernetes/app-chart';
import type { Endpoint } from '../kubernetes/endpoint';
import { migrationContainer } from '../llm-gateway/gateway-container';
import { LlmGateway } from '../llm-gateway/llm-gateway';
import type { ServedModel } from '../models/served-model';
import type { GatewayHandle } from '../routing/gateway';
import { kongUpstream } from '../routing/kong-upstream';
import { PublicRoute } from '../routing/public-route';
import type { SharedCounters } from '../routing/rate-limit';
import type { RequestTimeouts } from '../routing/request-timeouts';
import { connect } from '../security/connect';
import type { SecretStore } from '../security/secret-store';
import { MigrationJob } from '../workloads/migration-job';
import type { Placement } from '../workloads/placement';
import { mostReplicas } from '../workloads/scale';
import { liteLlmSecrets } from './litellm-secrets';
import type { LiteLlmSettings } from './litellm-settings';

/** Properties for `LiteLlmChart`. */
export interface LiteLlmChartProps {
  readonly settings: LiteLlmSettings;

  /** What the target serves; none on the day a cluster is created. */
  readonly models: readonly ServedModel[];

  readonly gateway: GatewayHandle;

  /** Requests per minute and client before the gateway answers 429. */
  readonly requestsPerMinute: number;

  readonly images: { readonly litellm: string; readonly postgresql: string; readonly redis: string; readonly redisExporter: string };
  readonly store: SecretStore;
  readonly placement: Placement;

  /** @default - the database is not archived */
  readonly archive?: DatabaseArchive | undefined;
}

/** Name of the cache's password in the store. */
const REDIS_PASSWORD = 'litellm-redis-password';

/** Connections of one pod to the database: what LiteLLM's guide starts from. */
const CONNECTIONS_PER_POD = 10;

/** Of the migration Job, which runs beside the pods of the version before. */
const MIGRATION_CONNECTIONS = 5;

/** A new database is migrated in a minute or two; indexes on a large log take the rest. */
const MIGRATION_SECONDS = 1800;

/** The LLM gateway: one API, with keys, limits and accounts, in front of every model of the target; with its database and cache. */
export class LiteLlmChart extends AppChart {
  /** Where clients inside the cluster call the OpenAI API. */
  public readonly endpoint: Endpoint;

  /** What each hop of a request waits for, whichever model it asks. */
  public readonly timeouts: RequestTimeouts;

  /** Where the public gateway counts requests, those of other apps' routes too. */
  public readonly counters: SharedCounters;

  constructor(
    app: App,
    id: string,
    { settings, models, gateway, requestsPerMinute, images, store, placement, archive }: LiteLlmChartProps,
  ) {
    super(app, id, 'litellm');

    const name = 'litellm';
    const { scale, size, consolePath } = settings;
    const data = { namespace: this.namespace, size, store, placement };
    // A rolling update adds a pod to those that run at the busiest hour.
    const connections = CONNECTIONS_PER_POD * (mostReplicas(scale) + 1) + MIGRATION_CONNECTIONS;

    const postgres = new PostgresCluster(this, 'postgresql', {
      ...data,
      settings: settings.database,
      archive,
      image: images.postgresql,
      consumers: [{ name, connections }],
    });
    const database = postgres.databaseOf(name);
    const cache = new RedisCache(this, 'redis', {
      ...data,
      settings: settings.cache,
      image: images.redis,
      exporter: images.redisExporter,
      storedPassword: REDIS_PASSWORD,
    });
    const secrets = liteLlmSecrets(this, { store, database, models });

    const migration = new MigrationJob(this, `${name}-migration`, {
      namespace: this.namespace,
      container: migrationContainer(images.litellm, secrets.DATABASE_URL),
      waitFor: [waitForDatabase(images.postgresql, database)],
      deadlineSeconds: MIGRATION_SECONDS,
      placement,
    });
    connect(migration.peer, database.endpoint);

    const proxy = new LlmGateway(this, name, {
      ...{ namespace: this.namespace, image: images.litellm, size, scale, placement, models, secrets },
      database: { endpoint: database.endpoint, connectionsPerPod: CONNECTIONS_PER_POD },
      cache: { endpoint: cache.endpoint, password: cache.password },
      ...(consolePath === undefined ? {} : { consolePath }),
      service: { name: 'litellm-service', annotations: ({ publicGateway }) => kongUpstream(publicGateway) },
    });
    this.endpoint = proxy.endpoint;
    this.timeouts = proxy.timeouts;
    this.counters = { counters: cache.endpoint, password: REDIS_PASSWORD };

    new PublicRoute(this, 'litellm-api', {
      gateway,
      endpoint: proxy.endpoint,
      // Paths are passed on as they are, for the proxy answers under both; but for the one by which completions were first asked for.
      paths: [
        { prefix: '/v1' },
        ...(consolePath === undefined ? [] : [{ prefix: consolePath }]),
        { prefix: '/v1/generate', replaceWith: '/v1/completions' },
      ],
      timeouts: proxy.timeouts,
      rateLimit: { requestsPerMinute, ...this.counters, store },
    });
  }
}
