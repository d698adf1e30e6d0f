import type { Exception } from '../kubernetes/exception';

/** How a new version of an inference service reaches its users. */
export type ReleasePolicy = CanaryPolicy | BlueGreenPolicy | RollingPolicy;

/** What policies with an analysis share. */
interface AnalysedPolicy {
  /**
   * Promotes new versions at once, for as long as an incident lasts: who answers for it, why, and the last day. A way back from a version
   * that was promoted and is bad need not wait for the analysis of one that is known.
   *
   * @default - every version is analysed
   */
  readonly skipAnalysis?: Exception;
}

/** A few canary pods take a growing share of the traffic while Flagger watches the engine's own metrics. */
export interface CanaryPolicy extends AnalysedPolicy {
  readonly kind: 'canary';

  /** Canary pods during the analysis: the autoscaler moves between the two. Their share of all pods caps the traffic they get. */
  readonly canaryReplicas: { readonly min: number; readonly max: number };
}

/** A second set of pods, as large as the first, is tested and then takes all of the traffic at once: needs twice the GPUs. */
export interface BlueGreenPolicy extends AnalysedPolicy {
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
