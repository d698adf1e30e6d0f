/** What an environment decides about a PostgreSQL cluster. */
export interface PostgresSettings {
  /** One primary, the others follow it and take over. */
  readonly instances: 1 | 3;

  /** Volume of each instance, GiB. */
  readonly sizeGiB: number;
}
