/** How a new version of an inference service reaches its users. */
export type ReleasePolicy = CanaryPolicy | BlueGreenPolicy | RollingPolicy;

/** A few canary pods take a growing share of the traffic while Flagger watches the engine's own metrics. */
export interface CanaryPolicy {
  readonly kind: 'canary';

  /** Canary pods during the analysis: the autoscaler moves between the two. Their share of all pods caps the traffic they get. */
  readonly canaryReplicas: { readonly min: number; readonly max: number };
}

/** A second set of pods, as large as the first, is tested and then takes all of the traffic at once: needs twice the GPUs. */
export interface BlueGreenPolicy {
  readonly kind: 'blue-green';

  /** Checks that must pass before the traffic moves. */
  readonly iterations: number;
}

/** Kubernetes replaces the pods; nothing is analysed. */
export interface RollingPolicy {
  readonly kind: 'rolling';

  /** Why nobody is hurt by an unproven version here. */
  readonly because: string;
}
