/**
 * LiteLLM's `config.yaml`, as far as it is used here. Its names are LiteLLM's own.
 *
 * `os.environ/<variable>` reads the environment when the proxy starts; no value of a Secret is written here.
 */
export interface ProxyConfig {
  readonly model_list: readonly ModelDeployment[];
  readonly litellm_settings: LibrarySettings;
  readonly router_settings: RouterSettings;
  readonly general_settings: GeneralSettings;
}

/** A reference to an environment variable. */
export type FromEnvironment = `os.environ/${string}`;

/** A model that clients may ask for, and what serves it. */
export interface ModelDeployment {
  readonly model_name: string;
  readonly litellm_params: {
    readonly model: `hosted_vllm/${string}` | `ollama_chat/${string}` | `openai/${string}`;

    /** Written for servers of ours; a provider's address is the library's to know. */
    readonly api_base?: string;
    readonly api_key?: FromEnvironment;

    /** Seconds. */
    readonly timeout: number;
  };
  readonly model_info: {
    readonly mode: 'chat';
    readonly input_cost_per_token?: number;
    readonly output_cost_per_token?: number;
    readonly max_tokens?: number;
  };
}

/** How the library behaves that makes the calls. */
export interface LibrarySettings {
  readonly callbacks: readonly 'prometheus'[];
  readonly require_auth_for_metrics_endpoint: boolean;

  /** Seconds. */
  readonly request_timeout: number;
  readonly telemetry: boolean;
  readonly json_logs: boolean;
  readonly turn_off_message_logging: boolean;
  readonly cache?: boolean;
  readonly cache_params?: {
    readonly type: 'redis';
    readonly host: string;
    readonly port: number;
    readonly password: FromEnvironment;
    readonly supported_call_types: readonly never[];
  };
}

/** How a request finds the deployment of its model. */
export interface RouterSettings {
  readonly redis_host?: string;
  readonly redis_port?: number;
  readonly redis_password?: FromEnvironment;
  readonly num_retries: number;
  readonly retry_policy: { readonly TimeoutErrorRetries: number };
  readonly disable_cooldowns: boolean;
}

/** How the proxy itself runs. */
export interface GeneralSettings {
  readonly master_key: FromEnvironment;
  readonly database_url?: FromEnvironment;

  /** Connections that one pod opens at most. */
  readonly database_connection_pool_limit?: number;

  /** Seconds between two writes of what was spent. */
  readonly proxy_batch_write_at?: number;
  readonly allow_requests_on_db_unavailable?: boolean;
  readonly store_model_in_db: boolean;
}
