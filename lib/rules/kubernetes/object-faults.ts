import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';

/** Something that the API server refuses: where, and what it is. */
export type Fault = readonly [field: string, message: string];

/** What the API server refuses about an object, by kind. */
export const OBJECT_FAULTS: Readonly<Record<string, (spec: Data, object: Manifest) => Iterable<Fault>>> = {
  *HorizontalPodAutoscaler({ minReplicas = 1, maxReplicas, metrics }) {
    if (!(Number.isInteger(maxReplicas) && maxReplicas >= 1)) yield ['/spec/maxReplicas', `is ${said(maxReplicas)}, not at least 1`];
    if (!(minReplicas >= 1)) yield ['/spec/minReplicas', `is ${said(minReplicas)}, not at least 1`];
    if (minReplicas > maxReplicas) yield ['/spec/minReplicas', `is ${minReplicas}, more than maxReplicas, which is ${maxReplicas}`];
    for (const [i, metric] of records(metrics).entries()) {
      const source = String(metric.type).replace(/^./, (letter) => letter.toLowerCase());
      if (metric[source] === undefined) yield [`/spec/metrics/${i}/type`, `is ${said(metric.type)}, but there is no "${source}" beside it`];
    }
  },
  *PodDisruptionBudget({ minAvailable, maxUnavailable }) {
    if (minAvailable === undefined && maxUnavailable === undefined) yield ['/spec', 'has neither minAvailable nor maxUnavailable'];
    if (minAvailable !== undefined && maxUnavailable !== undefined) yield ['/spec', 'has both minAvailable and maxUnavailable'];
  },
  *Deployment({ replicas, strategy }) {
    yield* count('/spec/replicas', replicas);
    const { maxSurge = '25%', maxUnavailable = '25%' } = record(strategy?.rollingUpdate);
    if ([maxSurge, maxUnavailable].every((bound) => Number.parseInt(String(bound), 10) === 0)) {
      yield ['/spec/strategy/rollingUpdate', 'allows neither a pod more nor a pod less: nothing could ever roll'];
    }
    if (strategy?.type === 'Recreate' && strategy.rollingUpdate !== undefined) {
      yield ['/spec/strategy/rollingUpdate', 'is refused beside the type Recreate'];
    }
  },
  *StatefulSet({ replicas, serviceName }) {
    yield* count('/spec/replicas', replicas);
    if (serviceName === undefined) yield ['/spec/serviceName', 'is missing: its pods would have no names in DNS'];
  },
  *Job({ backoffLimit, parallelism, completions, activeDeadlineSeconds }) {
    yield* count('/spec/backoffLimit', backoffLimit);
    yield* count('/spec/parallelism', parallelism);
    yield* count('/spec/completions', completions);
    if (activeDeadlineSeconds !== undefined && !(activeDeadlineSeconds >= 1)) {
      yield ['/spec/activeDeadlineSeconds', `is ${said(activeDeadlineSeconds)}, not at least 1`];
    }
  },
  *ConfigMap(_, object) {
    for (const [name, value] of Object.entries(record(object.data))) {
      if (typeof value !== 'string') yield [`/data/${name}`, `is ${said(value)}, not a text`];
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(name))
        yield [`/data/${name}`, 'has a name that is not letters, digits, dashes, dots and underscores'];
    }
  },
  *PersistentVolumeClaim({ accessModes, resources }) {
    if (!Array.isArray(accessModes) || accessModes.length === 0) yield ['/spec/accessModes', 'is empty'];
    if (resources !== undefined && resources?.requests?.storage === undefined) yield ['/spec/resources/requests', 'lacks storage'];
  },
};

/** Kinds whose pods run for ever, and those whose pods end. */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['Always'],
  StatefulSet: ['Always'],
  DaemonSet: ['Always'],
  Job: ['Never', 'OnFailure'],
  CronJob: ['Never', 'OnFailure'],
};

/** What the API server refuses about the pods of a workload; fields are relative to their spec. */
export function* podFaults(kind: string, { restartPolicy = 'Always', terminationGracePeriodSeconds, containers }: Data): Iterable<Fault> {
  const allowed = RESTARTS[kind] ?? [];
  if (!allowed.includes(restartPolicy)) yield ['/restartPolicy', `is ${said(restartPolicy)}, but a ${kind} takes ${allowed.join(' or ')}`];
  yield* count('/terminationGracePeriodSeconds', terminationGracePeriodSeconds);
  if (records(containers).length === 0) yield ['/containers', 'is empty'];
}

function* count(field: string, number: Data): Iterable<Fault> {
  if (number === undefined || (Number.isInteger(number) && number >= 0)) return;
  yield [field, `is ${said(number)}, not a whole number from 0`];
}

const said = (value: unknown): string => JSON.stringify(value) ?? 'missing';
