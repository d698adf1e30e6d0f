import type { PostgresSettings } from '../data/postgres-settings';
import type { RedisSettings } from '../data/redis-settings';
import type { Scale } from '../workloads/scale';
import type { SizeName } from '../workloads/sizes';

/** What an environment decides about the coding agents. */
export interface CodeLabSettings {
  /** Replicas of each service. */
  readonly scale: {
    readonly gateway: Scale;
    readonly agentRuntime: Scale;
    readonly authService: Scale;
    readonly llmProxy: Scale;
  };

  /** Of the services, and of their database and cache. */
  readonly size: SizeName;

  readonly database: PostgresSettings;
  readonly cache: RedisSettings;

  /** Volume of what agents work on, GiB. */
  readonly workspacesGiB: number;

  /** Volume of what the authentication service keeps beside the database, GiB. */
  readonly authDataGiB: number;

  /** Requests per minute and address before the gateway answers 429. */
  readonly requestsPerMinute: number;
}
