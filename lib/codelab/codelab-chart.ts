import type { App } from 'cdk8s';

import { PostgresCluster } from '../data/postgres';
import type { DatabaseArchive } from '../data/postgres-archive';
import { RedisCache } from '../data/redis';
import { SharedVolume } from '../data/shared-volume';
import { AppChart } from '../kubernetes/app-chart';
import type { Endpoint } from '../kubernetes/endpoint';
import { LlmGateway } from '../llm-gateway/llm-gateway';
import type { ServedModel } from '../models/served-model';
import { scrapeService } from '../observability/scrape';
import type { Platform } from '../regions/platform';
import type { GatewayHandle } from '../routing/gateway';
import { kongUpstream } from '../routing/kong-upstream';
import { PublicRoute } from '../routing/public-route';
import type { SharedCounters } from '../routing/rate-limit';
import { clientTimeouts, requestTimeouts } from '../routing/request-timeouts';
import { connect } from '../security/connect';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import { mostReplicas } from '../workloads/scale';
import { SizeRecommendation } from '../workloads/size-recommendation';
import { WebService } from '../workloads/web-service';
import { agentContainer, authContainer, gatewayContainer } from './codelab-containers';
import { codeLabSecrets } from './codelab-secrets';
import type { CodeLabSettings } from './codelab-settings';
import { codeLabSizes, recommendedRuntime } from './codelab-sizes';

/** Properties for `CodeLabChart`. */
export interface CodeLabChartProps {
  readonly settings: CodeLabSettings;

  /** What the target serves itself, offered to agents beside the provider's model. */
  readonly models: readonly ServedModel[];

  readonly gateway: GatewayHandle;

  /** Where the gateway counts requests: it has no business with the Redis of sessions. */
  readonly counters: SharedCounters;

  readonly platform: Platform;

  readonly images: {
    readonly gateway: string;
    readonly agentRuntime: string;
    readonly authService: string;
    readonly litellm: string;
    readonly postgresql: string;
    readonly redis: string;
    readonly redisExporter: string;
  };
  readonly store: SecretStore;
  readonly placement: Placement;

  /** Whether agents are watched for what they should request. */
  readonly recommendSizes: boolean;

  /** @default - the database is not archived */
  readonly archive?: DatabaseArchive | undefined;
}

const PORTS = { gateway: 8000, agentRuntime: 8001, authService: 8003 } as const;

/** Database of users, projects and sessions, and its role. */
const DATABASE = 'codelab';

/** Where the services have always found its URL. */
const DATABASE_CREDENTIALS = { secret: 'postgres-secret', urlKey: 'connection-string' };

/** Connections of one pod to the database: as many as SQLAlchemy keeps open if nobody says otherwise. */
const CONNECTIONS_PER_POD = 5;

/** Name of the cache's password in the store. */
const REDIS_PASSWORD = 'codelab-redis-password';

/** Longest answer of the provider, seconds; whoever waits for whoever waits for it waits longer. */
const LONGEST_ANSWER = 600;

/** Seconds that a sign-in may take. */
const SIGN_IN_SECONDS = 60;

const PROBES = {
  ...{ liveness: '/health', readiness: '/health', startupSeconds: 120 },
  timing: { liveness: { initialDelaySeconds: 30, periodSeconds: 10 }, readiness: { initialDelaySeconds: 10, periodSeconds: 5 } },
};

/** CodeLab: coding agents behind a gateway, with users, sessions and files of their own, and an LLM proxy that asks models for them. */
export class CodeLabChart extends AppChart {
  constructor(
    app: App,
    id: string,
    { settings, models, gateway, counters, platform, images, store, placement, archive, recommendSizes }: CodeLabChartProps,
  ) {
    super(app, id, 'codelab');

    const { namespace } = this;
    const { scale, size } = settings;
    const sizes = codeLabSizes(size);
    const { accessMode } = platform.storage.shared;

    // A rolling update adds a pod to those that run at the busiest hour.
    const pods = [scale.gateway, scale.agentRuntime, scale.authService].reduce((sum, each) => sum + mostReplicas(each) + 1, 0);
    const postgres = new PostgresCluster(this, 'postgres', {
      ...{ namespace, settings: settings.database, size, image: images.postgresql, store, placement, archive },
      alias: 'postgres',
      consumers: [{ name: DATABASE, connections: CONNECTIONS_PER_POD * pods, credentials: DATABASE_CREDENTIALS }],
    });
    const database = postgres.databaseOf(DATABASE);
    const databaseUrl = { secret: DATABASE_CREDENTIALS.secret, key: DATABASE_CREDENTIALS.urlKey };
    const cache = new RedisCache(this, 'redis', {
      ...{
        namespace,
        settings: settings.cache,
        size,
        image: images.redis,
        exporter: images.redisExporter,
        storedPassword: REDIS_PASSWORD,
        store,
        placement,
      },
    });
    const workspaces = new SharedVolume(this, 'agent-workspaces', { accessMode, sizeGiB: settings.workspacesGiB }).claim;
    const authData = new SharedVolume(this, 'auth-data', { accessMode, sizeGiB: settings.authDataGiB }).claim;
    const secrets = codeLabSecrets(this, { store, cache: cache.endpoint, storedCachePassword: REDIS_PASSWORD, models });

    const llm = new LlmGateway(this, 'llm-proxy', {
      ...{ namespace, image: images.litellm, size: sizes.service, scale: scale.llmProxy, placement, models },
      hosted: [{ servedName: 'gpt-4', model: 'openai/gpt-4', keyVariable: 'OPENAI_API_KEY', timeouts: requestTimeouts(LONGEST_ANSWER) }],
      // The master key is the only one, and agents hold it: nobody else reaches the proxy, which has nothing to administer.
      secrets: { LITELLM_MASTER_KEY: secrets.proxy, OPENAI_API_KEY: secrets.openAi, ...secrets.engines },
    });
    const timeouts = clientTimeouts(llm.timeouts, 2);
    const published = { annotations: kongUpstream(timeouts.publicGateway) };
    const common = { namespace, probes: PROBES, placement };
    const access = { secrets, databaseUrl };

    const agents = new WebService(this, 'agent-runtime', {
      ...common,
      container: agentContainer({ ...access, image: images.agentRuntime, size: sizes.runtime }, { llm: llm.endpoint, workspaces }),
      ports: { http: PORTS.agentRuntime },
      scale: scale.agentRuntime,
      scaleAt: { cpu: 70, memory: 80 },
      longestRequestSeconds: timeouts.client,
    });
    if (recommendSizes) new SizeRecommendation(this, 'agent-runtime', { bounds: recommendedRuntime(size) });
    for (const endpoint of [llm.endpoint, database.endpoint, cache.endpoint]) connect(agents.endpoint, endpoint);

    const auth = new WebService(this, 'auth-service', {
      ...common,
      container: authContainer({ ...access, image: images.authService, size: sizes.service }, authData),
      ports: { http: PORTS.authService },
      scale: scale.authService,
      scaleAt: { cpu: 70 },
      longestRequestSeconds: SIGN_IN_SECONDS,
      service: published,
    });
    for (const endpoint of [database.endpoint, cache.endpoint]) connect(auth.endpoint, endpoint);

    const calls = { agentRuntime: agents.endpoint, authService: auth.endpoint };
    const entry = new WebService(this, 'gateway', {
      ...common,
      container: gatewayContainer({ ...access, image: images.gateway, size: sizes.service }, calls),
      ports: { http: PORTS.gateway },
      scale: scale.gateway,
      scaleAt: { cpu: 70, memory: 80 },
      longestRequestSeconds: timeouts.publicGateway,
      service: published,
    });
    for (const endpoint of [agents.endpoint, auth.endpoint, database.endpoint]) connect(entry.endpoint, endpoint);

    for (const { metrics } of [entry, agents, auth]) scrapeService(metrics, { port: 'http' });

    const publicAuth = outside(auth.endpoint);
    new PublicRoute(this, 'codelab-ingress', {
      gateway,
      endpoint: outside(entry.endpoint),
      paths: [{ prefix: '/api/v1' }, { prefix: '/oauth', endpoint: publicAuth }],
      timeouts,
      rateLimit: { requestsPerMinute: settings.requestsPerMinute, ...counters, store },
    });
  }
}

/** An endpoint as other namespaces call it: their policies are named after what they lead to, and others have a gateway too. */
const outside = (endpoint: Endpoint): Endpoint => ({ ...endpoint, name: `codelab-${endpoint.name}` });
