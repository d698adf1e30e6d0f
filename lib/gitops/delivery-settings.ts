/** What an environment decides about its delivery by Argo CD. */
export interface DeliverySettings {
  /** Whether a lost element or ApplicationSet takes what it deployed along, or leaves it running until somebody removes it. */
  readonly removal: 'cascade' | 'by-hand';

  /**
   * When nothing is deployed.
   *
   * @default - deployments happen at any time
   */
  readonly freeze?: Freeze;

  /**
   * Slack channel that hears of deployments, failed syncs and degraded apps.
   *
   * @default - nobody is told
   */
  readonly channel?: string;

  /**
   * Has Argo CD sync the inference of one ring only after that of the ring before is synced and healthy, in addition to
   * the rings of `releases/`, which every environment has and which cost nothing of the following.
   *
   * The price: automated sync is switched off for these Applications, so that drift in a cluster is no longer healed, only
   * seen; one region that does not become healthy holds back all later ones; and the ApplicationSet controller needs its
   * progressive syncs switched on (a beta feature), without which all regions sync at once.
   *
   * @default - every region syncs by itself as soon as Git changes
   */
  readonly rollingSync?: {
    /** Why the environment pays that price; written on the ApplicationSet. */
    readonly because: string;
  };
}

/** A recurring time without deployments; syncs by hand stay possible. */
export interface Freeze {
  /** When it begins: five cron fields, UTC. */
  readonly schedule: string;

  /** How long it lasts, in Go's notation: `64h`. */
  readonly duration: string;

  readonly description: string;
}
