import type { PostgresSettings } from '../data/postgres-settings';
import type { RedisSettings } from '../data/redis-settings';
import type { Scale } from '../workloads/scale';
import type { SizeName } from '../workloads/sizes';

/** What an environment decides about the LLM gateway. */
export interface LiteLlmSettings {
  readonly scale: Scale;
  readonly size: SizeName;
  readonly database: PostgresSettings;
  readonly cache: RedisSettings;
}
