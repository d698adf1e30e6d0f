import { type Endpoint, httpUrl } from '../kubernetes/endpoint';
import type { ServedModel } from '../models/served-model';
import type { HostedModel } from './hosted-model';
import type { FromEnvironment, GeneralSettings, LibrarySettings, ModelDeployment, ProxyConfig, RouterSettings } from './proxy-config';

/** What the configuration is made for. */
export interface GatewaySurroundings {
  readonly models: readonly ServedModel[];
  readonly hosted: readonly HostedModel[];

  /** Redis, where pods count together; undefined where nothing is counted. */
  readonly cache: Endpoint | undefined;

  /** Connections of one pod to the database of keys and spend; undefined where the master key is the only one. */
  readonly connectionsPerPod: number | undefined;

  /** Seconds that a request may take. */
  readonly requestTimeout: number;
}

const fromEnvironment = (variable: string): FromEnvironment => `os.environ/${variable}`;

/** Variable that holds an engine's key: `llm-api-key` → `LLM_API_KEY`. */
const keyVariable = (storedApiKey: string): string => storedApiKey.toUpperCase().replaceAll('-', '_');

/** The keys of the engines behind models: variable of the proxy → name in the target's store. */
export function engineKeys(models: readonly ServedModel[]): Readonly<Record<string, string>> {
  return Object.fromEntries(models.flatMap(({ storedApiKey: key }) => (key === undefined ? [] : [[keyVariable(key), key]])));
}

/** LiteLLM's configuration for the models that it offers. Without models it still issues keys and answers. */
export function gatewayConfig({ models, hosted, cache, connectionsPerPod, requestTimeout }: GatewaySurroundings): ProxyConfig {
  return {
    model_list: [...models.map(deployment), ...hosted.map(hostedDeployment)],
    litellm_settings: {
      callbacks: ['prometheus'],
      // Prometheus has a port of its own; this is the one that users reach, and metrics name keys and teams.
      require_auth_for_metrics_endpoint: true,
      request_timeout: requestTimeout,
      telemetry: false,
      json_logs: true,
      turn_off_message_logging: true,
      ...(cache === undefined ? {} : counters(cache)),
    },
    router_settings: {
      ...(cache === undefined ? {} : countersOfRouter(cache)),
      // A connection that broke is worth a second try. An answer that took too long is not: it would occupy a GPU twice.
      num_retries: 1,
      retry_policy: { TimeoutErrorRetries: 0 },
      // Each model has one deployment, behind which replicas come and go: to cool it down would be an outage.
      disable_cooldowns: true,
    },
    general_settings: {
      master_key: fromEnvironment('LITELLM_MASTER_KEY'),
      ...(connectionsPerPod === undefined ? {} : database(connectionsPerPod)),
      // Models come from Git alone.
      store_model_in_db: false,
    },
  };
}

/** Redis holds what is counted, so that limits hold for all pods together. Answers are never kept there. */
function counters({ host, port }: Endpoint): Pick<LibrarySettings, 'cache' | 'cache_params'> {
  return {
    cache: true,
    cache_params: { type: 'redis', host, port, password: fromEnvironment('REDIS_PASSWORD'), supported_call_types: [] },
  };
}

function countersOfRouter({ host, port }: Endpoint): Pick<RouterSettings, 'redis_host' | 'redis_port' | 'redis_password'> {
  return { redis_host: host, redis_port: port, redis_password: fromEnvironment('REDIS_PASSWORD') };
}

function database(connectionsPerPod: number): Partial<GeneralSettings> {
  return {
    database_url: fromEnvironment('DATABASE_URL'),
    database_connection_pool_limit: connectionsPerPod,
    proxy_batch_write_at: 60,
    // Keys are in the database. The API is public: nobody is let in unchecked while it is away.
    allow_requests_on_db_unavailable: false,
  };
}

function deployment({ servedName, engine, endpoint, timeouts, storedApiKey, maxModelLen, price }: ServedModel): ModelDeployment {
  const { input, output } = price ?? { input: 0, output: 0 };
  const url = httpUrl(endpoint);
  return {
    model_name: servedName,
    litellm_params: {
      ...(engine === 'vllm'
        ? { model: `hosted_vllm/${servedName}`, api_base: `${url}/v1` }
        : { model: `ollama_chat/${servedName}`, api_base: url }),
      ...(storedApiKey === undefined ? {} : { api_key: fromEnvironment(keyVariable(storedApiKey)) }),
      timeout: timeouts.litellm,
    },
    model_info: {
      mode: 'chat',
      input_cost_per_token: input / 1e6,
      output_cost_per_token: output / 1e6,
      ...(maxModelLen === undefined ? {} : { max_tokens: maxModelLen }),
    },
  };
}

/** Prices and limits of a provider's models are in the list that comes with the proxy. */
function hostedDeployment({ servedName, model, keyVariable: variable, timeouts }: HostedModel): ModelDeployment {
  return {
    model_name: servedName,
    litellm_params: { model, api_key: fromEnvironment(variable), timeout: timeouts.litellm },
    model_info: { mode: 'chat' },
  };
}
