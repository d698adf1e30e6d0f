import type { App } from 'cdk8s';

import { PostgresCluster } from '../data/postgres';
import type { DatabaseArchive } from '../data/postgres-archive';
import { waitForDatabase } from '../data/postgres-database';
import { RedisCache } from '../data/redis';
import { SharedVolume } from '../data/shared-volume';
import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, httpUrl } from '../kubernetes/endpoint';
import { AlertRules } from '../observability/alert-rules';
import type { Platform } from '../regions/platform';
import type { GatewayHandle } from '../routing/gateway';
import { kongUpstream } from '../routing/kong-upstream';
import { PublicRoute } from '../routing/public-route';
import { clientTimeouts, type RequestTimeouts } from '../routing/request-timeouts';
import { connect } from '../security/connect';
import type { SecretStore } from '../security/secret-store';
import { MigrationJob } from '../workloads/migration-job';
import type { Placement } from '../workloads/placement';
import { WebService } from '../workloads/web-service';
import { BACKEND_PORT, backendContainer, CONNECTIONS_PER_POD, migrationContainer } from './backend-container';
import { chatAlerts } from './chat-alerts';
import { FRONTEND_PORT, frontendContainer } from './frontend-container';
import { kivaSecrets } from './kiva-secrets';
import type { KivaSettings } from './kiva-settings';

/** Properties for `KivaChart`. */
export interface KivaChartProps {
  readonly settings: KivaSettings;

  /** The LLM gateway, which offers every model of the target. */
  readonly litellm: { readonly endpoint: Endpoint; readonly timeouts: RequestTimeouts };

  readonly gateway: GatewayHandle;
  readonly platform: Platform;

  readonly images: {
    readonly backend: string;
    readonly frontend: string;
    readonly postgresql: string;
    readonly redis: string;
    readonly redisExporter: string;
  };
  readonly store: SecretStore;
  readonly placement: Placement;

  /** @default - the database is not archived */
  readonly archive?: DatabaseArchive | undefined;
}

const BACKEND = 'open-webui-backend-kiva';
const FRONTEND = 'open-webui-frontend-kiva';

/** Database of users, chats and documents, and its role. */
const DATABASE = 'openwebui';

/** Name of the cache's password in the store. */
const REDIS_PASSWORD = 'kiva-redis-password';

/** Of the migration Job, which runs beside the pods of the version before. */
const MIGRATION_CONNECTIONS = 5;

/** A new database is migrated in a minute or two; what rewrites every chat takes the rest. */
const MIGRATION_SECONDS = 1800;

/** A page of a few MB on a slow line. */
const PAGE_SECONDS = 60;

/** What the backend answers. Whatever else is asked for is a page, or a file of one. */
const BACKEND_PATHS = ['/api', '/ws', '/openai', '/ollama', '/oauth', '/cache', '/manifest.json', '/opensearch.xml'];

/** KIVA's chat: Open WebUI's pages and API, with users and chats in a database of their own. It asks LiteLLM for answers, and nobody else. */
export class KivaChart extends AppChart {
  constructor(app: App, id: string, { settings, litellm, gateway, platform, images, store, placement, archive }: KivaChartProps) {
    super(app, id, 'kiva');

    const { replicas, size, filesGiB, requestsPerMinute } = settings;
    const timeouts = clientTimeouts(litellm.timeouts);
    const common = { namespace: this.namespace, size, store, placement };
    const service = {
      namespace: this.namespace,
      scale: { kind: 'fixed' as const, replicas },
      placement,
      service: { annotations: kongUpstream(timeouts.publicGateway) },
    };

    const postgres = new PostgresCluster(this, 'postgresql', {
      ...common,
      settings: settings.database,
      archive,
      image: images.postgresql,
      // A rolling update adds a pod.
      consumers: [{ name: DATABASE, connections: CONNECTIONS_PER_POD * (replicas + 1) + MIGRATION_CONNECTIONS, extensions: ['vector'] }],
    });
    const database = postgres.databaseOf(DATABASE);
    // Not `redis`: the gateway's proxies count in LiteLLM's as well, and their policies are named after both.
    const cache = new RedisCache(this, 'kiva-redis', {
      ...common,
      settings: settings.cache,
      image: images.redis,
      exporter: images.redisExporter,
      storedPassword: REDIS_PASSWORD,
    });
    const files = new SharedVolume(this, 'open-webui-files', { accessMode: platform.storage.shared.accessMode, sizeGiB: filesGiB });
    const secrets = kivaSecrets(this, { store, database, cache: cache.endpoint, storedCachePassword: REDIS_PASSWORD });

    const migration = new MigrationJob(this, 'open-webui-migration', {
      namespace: this.namespace,
      container: migrationContainer(images.backend, secrets),
      waitFor: [waitForDatabase(images.postgresql, database)],
      deadlineSeconds: MIGRATION_SECONDS,
      placement,
    });
    connect(migration.peer, database.endpoint);

    const backend = new WebService(this, BACKEND, {
      ...service,
      container: backendContainer({
        ...{ image: images.backend, size, hosts: gateway.hosts, files: files.claim, secrets },
        ...{ models: `${httpUrl(litellm.endpoint)}/v1`, answerSeconds: timeouts.client },
      }),
      ports: { http: BACKEND_PORT },
      longestRequestSeconds: timeouts.client,
      // It loads a model for embeddings before it answers.
      probes: { liveness: '/health', readiness: '/health/db', startupSeconds: 300 },
    });
    for (const endpoint of [litellm.endpoint, database.endpoint, cache.endpoint]) connect(backend.endpoint, endpoint);

    const frontend = new WebService(this, FRONTEND, {
      ...service,
      container: frontendContainer(images.frontend, size),
      ports: { http: FRONTEND_PORT },
      probes: { liveness: '/', readiness: '/', startupSeconds: 60 },
      longestRequestSeconds: PAGE_SECONDS,
    });

    new AlertRules(this, 'chat-alerts', { group: 'chat', alerts: chatAlerts(this.namespace, [BACKEND, FRONTEND]) });

    new PublicRoute(this, 'chat', {
      gateway,
      endpoint: frontend.endpoint,
      paths: [{ prefix: '/' }, ...BACKEND_PATHS.map((prefix) => ({ prefix, endpoint: backend.endpoint }))],
      timeouts,
      rateLimit: { requestsPerMinute, counters: cache.endpoint, password: REDIS_PASSWORD, store },
    });
  }
}
