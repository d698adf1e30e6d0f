import type { PostgresSettings } from '../data/postgres-settings';
import type { RedisSettings } from '../data/redis-settings';
import type { Scale } from '../workloads/scale';
import type { SizeName } from '../workloads/sizes';

/** What an environment decides about the LLM gateway. */
export interface LiteLlmSettings {
  readonly scale: Scale;

  /** Of the proxy, and of its database and cache. */
  readonly size: SizeName;

  readonly database: PostgresSettings;
  readonly cache: RedisSettings;

  /**
   * Path under which the public gateway serves the console and the administration API, beside the OpenAI API under `/v1`.
   *
   * @default - they are reached inside the cluster only
   */
  readonly consolePath?: '/litellm';
}
