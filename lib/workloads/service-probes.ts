import { k8s } from 'cdk8s-plus-27';

/** What tells whether a service lives and whether it can answer. */
export interface ServiceProbes {
  /** Path that answers while the process works, whatever becomes of what it depends on. */
  readonly liveness: string;

  /** Path that answers while requests can be served. */
  readonly readiness: string;

  /** Longest time that a start may take, seconds. */
  readonly startupSeconds: number;
}

/** Seconds between two startup probes: a start is noticed that much late at most. */
const STARTUP_PERIOD_SECONDS = 5;

/** A busy server answers its probes late: Python serves them from the loop that serves the users. Ten seconds, and two minutes until a restart. */
const PATIENCE = { timeoutSeconds: 10 };
const LIVENESS = { ...PATIENCE, periodSeconds: 20, failureThreshold: 6 };
const READINESS = { ...PATIENCE, periodSeconds: 10, failureThreshold: 3 };

/** The probes of a container whose port is called `http`. */
export function probesOf({ liveness, readiness, startupSeconds }: ServiceProbes): Partial<k8s.Container> {
  const at = (path: string): k8s.Probe => ({ httpGet: { path, port: k8s.IntOrString.fromString('http') } });
  return {
    startupProbe: {
      ...at(liveness),
      ...PATIENCE,
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: Math.ceil(startupSeconds / STARTUP_PERIOD_SECONDS),
    },
    livenessProbe: { ...at(liveness), ...LIVENESS },
    readinessProbe: { ...at(readiness), ...READINESS },
  };
}
