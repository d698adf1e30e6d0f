/** What an environment decides about a PostgreSQL cluster. */
export interface PostgresSettings {
  /** One primary, the others follow it and take over. */
  readonly instances: 1 | 3;

  /** Volume of each instance, GiB. */
  readonly sizeGiB: number;

  /**
   * What a cluster begins with. One that runs takes no notice: it is made of the archive when it is created anew.
   *
   * @default - it begins empty
   */
  readonly recovery?: Recovery;
}

/** A moment of a cluster that was. It stays written as long as the cluster that was made of it is there. */
export interface Recovery {
  /** Number of the archive to take: 1 of a cluster that was never recovered; a recovered one begins the next. */
  readonly fromArchive: number;

  /** The last moment to bring back, with a time zone: `2026-11-20T09:30:00Z`. */
  readonly until: string;
}
