import { k8s } from 'cdk8s-plus-27';

/** What tells whether a service lives and whether it can answer. */
export interface ServiceProbes {
  /** Path that answers while the process works, whatever becomes of what it depends on. */
  readonly liveness: string;

  /** Path that answers while requests can be served. */
  readonly readiness: string;

  /** Longest time that a start may take, seconds. */
  readonly startupSeconds: number;

  /**
   * When the kubelet asks.
   *
   * @default - every 20 seconds whether it lives, every 10 whether it can answer, as soon as it has started
   */
  readonly timing?: { readonly liveness: ProbeTiming; readonly readiness: ProbeTiming };
}

/** Seconds, from the start of the container and from one probe to the next. */
export interface ProbeTiming {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
}

/** Seconds between two startup probes: a start is noticed that much late at most. */
const STARTUP_PERIOD_SECONDS = 5;

/**
 * A busy server answers its probes late: Python serves them from the loop that serves the users. Ten seconds if the next probe does not
 * come before, half a minute until it receives no more requests, and two minutes until a restart.
 */
const ANSWER_SECONDS = 10;
const UNREADY_SECONDS = 30;
const RESTART_SECONDS = 120;

const TIMING = { liveness: { periodSeconds: 20 }, readiness: { periodSeconds: 10 } } as const;

/** The probes of a container whose port is called `http`. */
export function probesOf({ liveness, readiness, startupSeconds, timing = TIMING }: ServiceProbes): Partial<k8s.Container> {
  const at = (path: string): k8s.Probe => ({ httpGet: { path, port: k8s.IntOrString.fromString('http') } });
  return {
    startupProbe: {
      ...at(liveness),
      timeoutSeconds: ANSWER_SECONDS,
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: Math.ceil(startupSeconds / STARTUP_PERIOD_SECONDS),
    },
    livenessProbe: { ...at(liveness), ...patient(timing.liveness, RESTART_SECONDS) },
    readinessProbe: { ...at(readiness), ...patient(timing.readiness, UNREADY_SECONDS) },
  };
}

/** As many failures as fit in the patience. */
function patient({ initialDelaySeconds, periodSeconds }: ProbeTiming, seconds: number): Partial<k8s.Probe> {
  return {
    ...(initialDelaySeconds === undefined ? {} : { initialDelaySeconds }),
    timeoutSeconds: Math.min(ANSWER_SECONDS, periodSeconds),
    periodSeconds,
    failureThreshold: Math.ceil(seconds / periodSeconds),
  };
}
