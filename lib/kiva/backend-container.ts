import type { SharedClaim } from '../data/shared-volume';
import type { ServiceContainer } from '../workloads/service-container';
import type { SizeName } from '../workloads/sizes';
import type { KivaSecrets } from './kiva-secrets';

/** Properties for `backendContainer`. */
export interface BackendContainerProps {
  readonly image: string;
  readonly size: SizeName;

  /** Hosts under which browsers reach the chat, the first of them in links. */
  readonly hosts: readonly string[];

  /** Base URL of LiteLLM's OpenAI API. */
  readonly models: string;

  /** Seconds to wait for an answer. */
  readonly answerSeconds: number;

  /** What users upload. */
  readonly files: SharedClaim;

  readonly secrets: KivaSecrets;
}

/** Port of the API. */
export const BACKEND_PORT = 8080;

/** Connections that one pod opens: of requests, as many while it starts, and of searches in documents. */
export const CONNECTIONS_PER_POD = 25;
const POOLS = { DATABASE_POOL_SIZE: '10', PGVECTOR_POOL_SIZE: '5', DATABASE_POOL_MAX_OVERFLOW: '0', PGVECTOR_POOL_MAX_OVERFLOW: '0' };

/** A user without a name: the image runs as root unless it is told otherwise. */
const USER = 1000;

/** Not the image's own folder: that one holds its models for embeddings, which a volume would hide. */
const DATA = '/var/lib/open-webui';

/** Nobody outside learns who uses it, and nothing is fetched from there: the network would not let it. */
const OFFLINE = {
  OFFLINE_MODE: 'True',
  HF_HUB_OFFLINE: '1',
  ENABLE_VERSION_UPDATE_CHECK: 'False',
  ENABLE_COMMUNITY_SHARING: 'False',
  ENABLE_PIP_INSTALL_FRONTMATTER_REQUIREMENTS: 'False',
  ANONYMIZED_TELEMETRY: 'False',
  DO_NOT_TRACK: 'True',
  SCARF_NO_ANALYTICS: 'True',
};

/** What several pods must agree on: they share sessions, connections of browsers, documents and settings. */
const REPLICATED = {
  ENABLE_WEBSOCKET_SUPPORT: 'True',
  WEBSOCKET_MANAGER: 'redis',
  // Beside its database: the store that comes with the image is a file of one process.
  VECTOR_DB: 'pgvector',
  // The operator creates it, as a superuser.
  PGVECTOR_CREATE_EXTENSION: 'False',
  // Settings come from here alone. Those of the database would win over them for ever after the first start.
  ENABLE_PERSISTENT_CONFIG: 'False',
  UVICORN_WORKERS: '1',
  // A Job migrates, once; pods that start together would migrate against each other.
  ENABLE_DB_MIGRATIONS: 'False',
  // Otherwise each request writes when its user was last there.
  DATABASE_USER_ACTIVE_STATUS_UPDATE_INTERVAL: '300',
};

/** What serves the API. One process: Kubernetes adds pods, and a pod's limits hold for one. */
export function backendContainer({ image, size, hosts, models, answerSeconds, files, secrets }: BackendContainerProps): ServiceContainer {
  const origins = hosts.map((host) => `https://${host}`);
  return {
    image,
    env: {
      ENV: 'prod',
      PORT: `${BACKEND_PORT}`,
      HOME: '/tmp',
      DATA_DIR: DATA,
      // The frontend has the pages; without them the backend does not copy them into its read-only file system.
      FRONTEND_BUILD_DIR: '/nonexistent',
      WEBUI_URL: origins[0] ?? '',
      CORS_ALLOW_ORIGIN: origins.join(';'),
      WEBUI_SESSION_COOKIE_SECURE: 'True',
      WEBUI_AUTH_COOKIE_SECURE: 'True',
      // Whoever registers waits for an administrator. The first of those comes from the store, not from the street.
      ENABLE_SIGNUP: 'True',
      DEFAULT_USER_ROLE: 'pending',
      OPENAI_API_BASE_URLS: models,
      // Ollama too answers through LiteLLM: it knows no keys, and its API deletes models.
      ENABLE_OLLAMA_API: 'False',
      AIOHTTP_CLIENT_TIMEOUT: `${answerSeconds}`,
      ...REPLICATED,
      ...POOLS,
      ...OFFLINE,
      ...secrets,
    },
    scratch: { '/tmp': '1Gi' },
    shared: { [DATA]: files },
    user: USER,
    size,
  };
}

/** What brings the database to the version of the image, and ends. */
export function migrationContainer(image: string, { DATABASE_URL, WEBUI_SECRET_KEY }: KivaSecrets): ServiceContainer {
  // Started by the backend, a migration that fails is a line in the log.
  const migrate = 'cd /app/backend/open_webui && exec alembic upgrade head';
  return {
    image,
    command: ['sh', '-c', migrate],
    env: {
      PYTHONPATH: '/app/backend',
      HOME: '/tmp',
      DATA_DIR: '/tmp/data',
      ENABLE_DB_MIGRATIONS: 'True',
      DATABASE_URL,
      WEBUI_SECRET_KEY,
    },
    scratch: { '/tmp': '256Mi' },
    user: USER,
    size: 'low',
  };
}
