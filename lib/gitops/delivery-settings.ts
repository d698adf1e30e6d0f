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
}

/** A recurring time without deployments; syncs by hand stay possible. */
export interface Freeze {
  /** When it begins: five cron fields, UTC. */
  readonly schedule: string;

  /** How long it lasts, in Go's notation: `64h`. */
  readonly duration: string;

  readonly description: string;
}
