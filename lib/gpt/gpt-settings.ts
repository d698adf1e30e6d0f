import type { MongoSettings } from '../data/mongo-settings';
import type { RedisSettings } from '../data/redis-settings';
import type { ModelName } from '../models/catalog';
import type { SizeName } from '../workloads/sizes';

/** What an environment decides about the chat services. */
export interface GptSettings {
  /** Of each of the three services. */
  readonly replicas: number;

  /** Of the services, their database and their cache. */
  readonly size: SizeName;

  /**
   * Model that answers; one that the target serves.
   *
   * @default - the first one that it serves; on the day a cluster is created, none
   */
  readonly model?: ModelName;

  readonly database: MongoSettings;

  /** Where the gateway counts requests. */
  readonly cache: RedisSettings;

  /** Requests per minute and address before the gateway answers 429. */
  readonly requestsPerMinute: number;
}
