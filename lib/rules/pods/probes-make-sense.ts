import { type Data, record } from '../fields';
import type { Rule } from '../rule';

const WAYS = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;

/** Least time for which a server must be silent before it is restarted: a garbage collection or a busy moment is no reason. */
const PATIENCE_SECONDS = 20;

const LEAST: Readonly<Record<string, number>> = {
  failureThreshold: 1,
  initialDelaySeconds: 0,
  periodSeconds: 1,
  successThreshold: 1,
  timeoutSeconds: 1,
};

export const probesMakeSense: Rule = {
  id: 'probes-make-sense',
  title: 'Every probe asks in one way, in figures that the API server takes, and liveness is patient, more so than readiness.',
  why: 'The API server refuses a probe with no action or with two. A probe that may take longer than its period reports late, and a liveness probe that gives up fast restarts a server that is only busy, with all that it is answering.',
  fix: 'Give the probe one of httpGet, tcpSocket, exec and grpc, a timeout within its period, and let liveness wait for 20 seconds without an answer, and no less than readiness.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
        if (spec[kind] === undefined) continue;
        for (const [at, message] of faults(record(spec[kind]), kind)) {
          yield { object: workload.object, field: `${field}/${kind}${at}`, message: `${message} (container ${spec.name})` };
        }
      }
      const liveness = record(spec.livenessProbe);
      const [restarted, leftOut] = [span(spec.livenessProbe), span(spec.readinessProbe)];
      if (!(restarted < leftOut) || silence(liveness) < PATIENCE_SECONDS) continue;
      const message = `is ${liveness.failureThreshold ?? 3}: the container would be restarted after ${restarted} seconds without an answer, before it is taken out of its Service after ${leftOut} (container ${spec.name})`;
      yield { object: workload.object, field: `${field}/livenessProbe/failureThreshold`, message };
    }
  },
};

function* faults(probe: Data, kind: string): Iterable<readonly [field: string, message: string]> {
  const ways = WAYS.filter((way) => probe[way] !== undefined);
  if (ways.length !== 1)
    yield [
      '',
      ways.length === 0
        ? 'has no action: httpGet, tcpSocket, exec or grpc'
        : `has ${ways.length} actions instead of one: ${ways.join(', ')}`,
    ];

  const path = probe.httpGet?.path;
  if (path !== undefined && !String(path).startsWith('/')) yield ['/httpGet/path', `is "${path}", which does not begin with a slash`];

  for (const [name, least] of Object.entries(LEAST)) {
    const value = probe[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= least))
      yield [`/${name}`, `is ${value}, not a whole number from ${least}`];
  }
  const { successThreshold = 1, failureThreshold = 3, periodSeconds = 10, timeoutSeconds = 1 } = probe;
  if (kind !== 'readinessProbe' && successThreshold > 1)
    yield ['/successThreshold', `is ${successThreshold}, but must be 1 for this probe`];
  if (kind !== 'startupProbe' && timeoutSeconds > periodSeconds) {
    yield ['/timeoutSeconds', `is ${timeoutSeconds}, longer than the ${periodSeconds} seconds to the next probe`];
  }
  if (kind === 'livenessProbe' && silence(probe) < PATIENCE_SECONDS) {
    yield [
      '/failureThreshold',
      `is ${failureThreshold}: the container would be restarted after ${silence(probe)} seconds without an answer, less than ${PATIENCE_SECONDS}`,
    ];
  }
}

/** For how long a server must be silent until a probe has failed for good: the first question is asked when the silence begins. */
function silence(probe: Data): number {
  const { failureThreshold = 3, periodSeconds = 10, timeoutSeconds = 1 } = probe;
  return (failureThreshold - 1) * periodSeconds + timeoutSeconds;
}

/** How long a probe goes on asking a silent server; no number where there is no probe. */
function span(probe: Data): number {
  const { failureThreshold = 3, periodSeconds = 10 } = record(probe);
  return probe === undefined ? Number.NaN : failureThreshold * periodSeconds;
}
