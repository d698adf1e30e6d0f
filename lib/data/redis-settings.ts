/** What an environment decides about a Redis server. */
export interface RedisSettings {
  /** Followers of the one master that takes the writes. */
  readonly replicas: 0 | 2;

  /** Volume of each pod, GiB. */
  readonly sizeGiB: number;
}
