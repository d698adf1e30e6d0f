import type { Manifest } from '../../kubernetes/manifest';
import { type Data, isRecord, record, records } from '../fields';
import type { Problem, Rule } from '../rule';

const STRATEGIES = ['Recreate', 'RollingUpdate'];
const CONCURRENCY = ['Allow', 'Forbid', 'Replace'];

/** Ranges of the five fields of a schedule. */
const CRON = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Values that each way to measure a metric takes. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  ContainerResource: ['AverageValue', 'Utilization'],
  External: ['AverageValue', 'Value'],
  Object: ['AverageValue', 'Value'],
  Pods: ['AverageValue'],
  Resource: ['AverageValue', 'Utilization'],
};

type Fault = readonly [field: string, message: string];

export const workloadsAreValid: Rule = {
  id: 'workloads-are-valid',
  title: 'Every workload, autoscaler, budget and claim has figures and words that the API server takes.',
  why: 'The API server refuses the object, and the sync of the app fails; or it accepts it, and the controller reports the mistake only in the status of the object.',
  fix: 'Correct the field that is named.',
  alone: true,
  *check(target) {
    for (const [kind, faults] of Object.entries(FAULTS)) {
      for (const object of target.all(kind)) {
        for (const [field, message] of faults(record(object.spec), object))
          yield { object, field: `/spec${field}`, message } satisfies Problem;
      }
    }
  },
};

const FAULTS: Readonly<Record<string, (spec: Data, object: Manifest) => Iterable<Fault>>> = {
  'Deployment.apps': deployment,
  'StatefulSet.apps': statefulSet,
  'Job.batch': job,
  'CronJob.batch': cronJob,
  'HorizontalPodAutoscaler.autoscaling': autoscaler,
  'PodDisruptionBudget.policy': budget,
  PersistentVolumeClaim: claim,
};

const isCount = (value: unknown, least = 0): boolean => Number.isInteger(value) && (value as number) >= least;
const isNothing = (value: unknown): boolean => value === 0 || value === '0' || value === '0%';

function* replicas({ replicas: count }: Data): Iterable<Fault> {
  if (count !== undefined && !isCount(count)) yield ['/replicas', `is ${JSON.stringify(count)}, not a whole number from 0`];
}

/** A pod that fails is tried again after 10, 20, 40 … seconds: what fails this often fails for ever. */
const MOST_TRIES = 20;

function* job({ backoffLimit = 6, parallelism = 1, completions, completionMode, suspend }: Data): Iterable<Fault> {
  if (!isCount(backoffLimit) || backoffLimit > MOST_TRIES)
    yield ['/backoffLimit', `is ${backoffLimit}, not a number from 0 to ${MOST_TRIES}`];
  if (suspend === true) yield ['/suspend', 'is true: it never begins'];
  if (parallelism !== 1 && completions === undefined && completionMode !== 'Indexed')
    yield ['/parallelism', `is ${parallelism}, and nothing tells its pods apart: each would do the same work`];
}

function* deployment(spec: Data): Iterable<Fault> {
  yield* replicas(spec);
  if (spec.paused === true) yield ['/paused', 'is true: no change reaches its pods'];
  const { type = 'RollingUpdate', rollingUpdate } = record(spec.strategy);
  if (!STRATEGIES.includes(type)) yield ['/strategy/type', `is "${type}", not one of ${STRATEGIES.join(', ')}`];
  if (type === 'Recreate' && rollingUpdate !== undefined)
    yield ['/strategy/rollingUpdate', 'is written, though the type Recreate has no such settings'];
  const { maxSurge = '25%', maxUnavailable = '25%' } = record(rollingUpdate);
  if (isNothing(maxSurge) && isNothing(maxUnavailable))
    yield ['/strategy/rollingUpdate', 'has maxSurge and maxUnavailable of zero: a rollout could neither add nor remove a pod'];
}

function* statefulSet(spec: Data): Iterable<Fault> {
  yield* replicas(spec);
  if (record(spec.updateStrategy).type === 'OnDelete')
    yield ['/updateStrategy/type', 'is OnDelete: no change reaches its pods until somebody deletes them'];
  if (typeof spec.serviceName !== 'string' || spec.serviceName === '')
    yield ['/serviceName', 'is missing: the pods would have no DNS names'];
  for (const [i, template] of records(spec.volumeClaimTemplates).entries()) {
    for (const [field, message] of claim(record(template.spec))) yield [`/volumeClaimTemplates/${i}/spec${field}`, message];
  }
}

function* claim(spec: Data): Iterable<Fault> {
  const storage = spec.resources?.requests?.storage;
  if (storage === undefined) yield ['/resources/requests/storage', 'is missing: a claim needs a size'];
}

function* cronJob({ schedule, timeZone, concurrencyPolicy: policy }: Data): Iterable<Fault> {
  const message = faultOfSchedule(String(schedule));
  if (message !== undefined) yield ['/schedule', message];
  if (timeZone !== undefined && !isTimeZone(timeZone)) yield ['/timeZone', `is "${timeZone}", which is no IANA time zone`];
  if (policy !== undefined && !CONCURRENCY.includes(policy))
    yield ['/concurrencyPolicy', `is "${policy}", not one of ${CONCURRENCY.join(', ')}`];
}

function faultOfSchedule(schedule: string): string | undefined {
  if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) return undefined;
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== CRON.length) return `is "${schedule}", which has ${fields.length} fields instead of ${CRON.length}`;
  const wrong = fields.find((field, i) => {
    const [least, most] = CRON[i] ?? [0, 0];
    return !field.split(',').every((part) => {
      const [, from, to, step] = /^(?:\*|([a-z\d]+)(?:-([a-z\d]+))?)(?:\/(\d+))?$/i.exec(part) ?? ['', '-1'];
      const named = i >= 3 && /^[a-z]{3}$/i.test(from ?? '');
      return (
        named ||
        ([from, to].every((each) => each === undefined || (/^\d+$/.test(each) && Number(each) >= least && Number(each) <= most)) &&
          step !== '0')
      );
    });
  });
  return wrong === undefined
    ? undefined
    : `is "${schedule}", of which "${wrong}" is no valid ${['minute', 'hour', 'day', 'month', 'weekday'][fields.indexOf(wrong)]}`;
}

function isTimeZone(zone: unknown): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: String(zone) }) !== undefined;
  } catch {
    return false;
  }
}

function* autoscaler({ minReplicas = 1, maxReplicas, metrics }: Data): Iterable<Fault> {
  if (!isCount(minReplicas, 1)) yield ['/minReplicas', `is ${minReplicas}: an autoscaler keeps one replica at least`];
  if (!isCount(maxReplicas, 1)) yield ['/maxReplicas', `is ${maxReplicas}, not a whole number from 1`];
  if (minReplicas > maxReplicas) yield ['/minReplicas', `is ${minReplicas}, above the maximum of ${maxReplicas}`];
  for (const [i, metric] of records(metrics).entries()) {
    const { type } = metric;
    const held = String(type).charAt(0).toLowerCase() + String(type).slice(1);
    const allowed = TARGETS[type];
    if (allowed === undefined) yield [`/metrics/${i}/type`, `is "${type}", not one of ${Object.keys(TARGETS).join(', ')}`];
    else if (!isRecord(metric[held])) yield [`/metrics/${i}/type`, `is ${type}, but the metric holds no "${held}"`];
    else if (!allowed.includes(record(metric[held].target).type)) {
      yield [
        `/metrics/${i}/${held}/target/type`,
        `is "${record(metric[held].target).type}": a metric of ${type} has ${allowed.join(' or ')}`,
      ];
    }
  }
}

function* budget({ minAvailable, maxUnavailable }: Data): Iterable<Fault> {
  if (minAvailable !== undefined && maxUnavailable !== undefined) yield ['/minAvailable', 'stands beside maxUnavailable: keep one'];
  if (minAvailable === undefined && maxUnavailable === undefined) yield ['', 'says neither minAvailable nor maxUnavailable'];
}
