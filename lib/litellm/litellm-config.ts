import { type Endpoint, httpUrl } from '../kubernetes/endpoint';
import type { ServedModel } from '../models/served-model';
import type { FromEnvironment, ModelDeployment, ProxyConfig } from './proxy-config';

/** What the configuration is made for. */
export interface LiteLlmSurroundings {
  readonly models: readonly ServedModel[];

  /** Redis, where pods count together. */
  readonly cache: Endpoint;

  /** Connections of one pod to the database. */
  readonly connectionsPerPod: number;

  /** Seconds that a request may take. */
  readonly requestTimeout: number;
}

const fromEnvironment = (variable: string): FromEnvironment => `os.environ/${variable}`;

/** Variable that holds an engine's key: `llm-api-key` → `LLM_API_KEY`. */
export const keyVariable = (storedApiKey: string): string => storedApiKey.toUpperCase().replaceAll('-', '_');

/** LiteLLM's configuration for the models that a target serves. Without models it still issues keys and answers. */
export function liteLlmConfig({ models, cache, connectionsPerPod, requestTimeout }: LiteLlmSurroundings): ProxyConfig {
  const password = fromEnvironment('REDIS_PASSWORD');
  return {
    model_list: models.map(deployment),
    litellm_settings: {
      callbacks: ['prometheus'],
      // Prometheus has a port of its own; this is the one that users reach, and metrics name keys and teams.
      require_auth_for_metrics_endpoint: true,
      request_timeout: requestTimeout,
      telemetry: false,
      json_logs: true,
      turn_off_message_logging: true,
      cache: true,
      // Redis holds what is counted, so that limits hold for all pods together. Answers are never kept there.
      cache_params: { type: 'redis', host: cache.host, port: cache.port, password, supported_call_types: [] },
    },
    router_settings: {
      redis_host: cache.host,
      redis_port: cache.port,
      redis_password: password,
      // A connection that broke is worth a second try. An answer that took too long is not: it would occupy a GPU twice.
      num_retries: 1,
      retry_policy: { TimeoutErrorRetries: 0 },
      // Each model has one deployment, behind which replicas come and go: to cool it down would be an outage.
      disable_cooldowns: true,
    },
    general_settings: {
      master_key: fromEnvironment('LITELLM_MASTER_KEY'),
      database_url: fromEnvironment('DATABASE_URL'),
      database_connection_pool_limit: connectionsPerPod,
      proxy_batch_write_at: 60,
      // Keys are in the database. The API is public: nobody is let in unchecked while it is away.
      allow_requests_on_db_unavailable: false,
      // Models come from Git alone.
      store_model_in_db: false,
    },
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
