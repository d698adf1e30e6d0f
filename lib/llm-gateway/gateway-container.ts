import { stringify } from 'yaml';

import type { SecretKey } from '../kubernetes/secret-key';
import type { ServiceContainer } from '../workloads/service-container';
import type { Size, SizeName } from '../workloads/sizes';
import type { ProxyConfig } from './proxy-config';

/** Properties for `proxyContainer`. */
export interface ProxyContainerProps {
  readonly image: string;
  readonly size: SizeName | Size;
  readonly config: ProxyConfig;

  /** Environment variables that Secrets hold. */
  readonly secrets: Readonly<Record<string, SecretKey>>;

  /** Password of Redis, or undefined where nothing is counted. */
  readonly redisPassword: SecretKey | undefined;

  /** Path under which a gateway serves the console, or undefined where none does. */
  readonly consolePath: string | undefined;
}

/** Port of the API. */
export const PORT = 4000;

/** Port of the metrics alone: a network policy can tell it from the API, and its process does not slow answers down. */
export const METRICS_PORT = 4001;

/** `nobody`, as whom the image without root runs. */
const USER = 65534;

const CONFIG = '/etc/litellm';

/** Where the console's files are rewritten for their path at each start. */
const CONSOLE = '/var/lib/litellm-console';

/** What serves the API. One process: Kubernetes adds pods, and a pod's limits hold for one. */
export function proxyContainer({ image, size, config, secrets, redisPassword, consolePath }: ProxyContainerProps): ServiceContainer {
  return {
    image,
    args: [`--config=${CONFIG}/config.yaml`, `--port=${PORT}`, '--num_workers=1'],
    env: {
      LITELLM_MODE: 'PRODUCTION',
      LITELLM_LOG: 'ERROR',
      // A Job migrates, once; pods that start together would migrate against each other.
      DISABLE_SCHEMA_UPDATE: 'true',
      // Prices come from this configuration. The list that the proxy would download lies on the internet, which it cannot reach.
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      PROMETHEUS_METRICS_PORT: `${METRICS_PORT}`,
      ...(consolePath === undefined ? { DISABLE_ADMIN_UI: 'True' } : { SERVER_ROOT_PATH: consolePath, LITELLM_UI_PATH: CONSOLE }),
      ...(redisPassword === undefined ? {} : { REDIS_PASSWORD: redisPassword }),
      ...secrets,
    },
    configuration: { mountPath: CONFIG, files: { 'config.yaml': stringify(config) } },
    scratch: { '/tmp': '256Mi', ...(consolePath === undefined ? {} : { [CONSOLE]: '256Mi' }) },
    user: USER,
    size,
  };
}

/** What brings the database to the version of the image, and ends. */
export function migrationContainer(image: string, databaseUrl: SecretKey): ServiceContainer {
  return {
    image,
    // Without the check, a failed migration is a line in the log. The first resolver would reconcile the schema by force.
    args: ['--skip_server_startup', '--enforce_prisma_migration_check', '--use_v2_migration_resolver'],
    env: { DISABLE_SCHEMA_UPDATE: 'false', LITELLM_MIGRATION_DIR: '/tmp/migrations', DATABASE_URL: databaseUrl },
    scratch: { '/tmp': '512Mi' },
    user: USER,
    size: 'low',
  };
}
