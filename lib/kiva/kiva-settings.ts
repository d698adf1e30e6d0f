import type { PostgresSettings } from '../data/postgres-settings';
import type { RedisSettings } from '../data/redis-settings';
import type { SizeName } from '../workloads/sizes';

/** What an environment decides about the chat. */
export interface KivaSettings {
  /** Of the frontend, and of the backend. */
  readonly replicas: number;

  /** Of both, and of their database and cache. */
  readonly size: SizeName;

  readonly database: PostgresSettings;
  readonly cache: RedisSettings;

  /** Volume of what users upload, GiB. Azure shares NFS by 100 GiB and more. */
  readonly filesGiB: number;

  /** Requests per minute and address before the gateway answers 429. An authority has one address, and a page is a hundred files. */
  readonly requestsPerMinute: number;
}
