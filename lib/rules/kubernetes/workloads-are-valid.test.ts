import { problems } from '../testing/problems';

const RULE = 'workloads-are-valid';
const spec = (id: string, fields: object) => problems(RULE, ({ get }) => Object.assign(get(id).spec, fields));

test.each<[string, object, string]>([
  ['Deployment/web', { replicas: '3' }, '/replicas is "3", not a whole number from 0'],
  ['Deployment/web', { strategy: { type: 'Rolling' } }, '/strategy/type is "Rolling", not one of Recreate, RollingUpdate'],
  [
    'Deployment/web',
    { strategy: { type: 'Recreate', rollingUpdate: {} } },
    '/strategy/rollingUpdate is written, though the type Recreate has no such settings',
  ],
  [
    'Deployment/web',
    { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
    '/strategy/rollingUpdate has maxSurge and maxUnavailable of zero: a rollout could neither add nor remove a pod',
  ],
  ['Deployment/web', { paused: true }, '/paused is true: no change reaches its pods'],
  ['PersistentVolumeClaim/models', { resources: {} }, '/resources/requests/storage is missing: a claim needs a size'],
  ['HorizontalPodAutoscaler/web', { minReplicas: 5 }, '/minReplicas is 5, above the maximum of 4'],
  ['HorizontalPodAutoscaler/web', { minReplicas: 0 }, '/minReplicas is 0: an autoscaler keeps one replica at least'],
  [
    'HorizontalPodAutoscaler/web',
    { metrics: [{ type: 'Cpu' }] },
    '/metrics/0/type is "Cpu", not one of ContainerResource, External, Object, Pods, Resource',
  ],
  [
    'HorizontalPodAutoscaler/web',
    { metrics: [{ type: 'External', pods: {} }] },
    '/metrics/0/type is External, but the metric holds no "external"',
  ],
  [
    'HorizontalPodAutoscaler/web',
    { metrics: [{ type: 'Resource', resource: null }] },
    '/metrics/0/type is Resource, but the metric holds no "resource"',
  ],
  [
    'HorizontalPodAutoscaler/web',
    { metrics: [{ type: 'Pods', pods: { target: { type: 'Utilization' } } }] },
    '/metrics/0/pods/target/type is "Utilization": a metric of Pods has AverageValue',
  ],
  ['PodDisruptionBudget/web', { minAvailable: 1 }, '/minAvailable stands beside maxUnavailable: keep one'],
])('fails for %s with %j', (id, fields, message) => {
  expect(spec(id, fields)).toEqual([`${id}: /spec${message}`]);
});

test.each<[object, string]>([
  [{ backoffLimit: 1000 }, '/backoffLimit is 1000, not a number from 0 to 20'],
  [{ suspend: true }, '/suspend is true: it never begins'],
  [{ parallelism: 3 }, '/parallelism is 3, and nothing tells its pods apart: each would do the same work'],
])('fails for a Job with %j', (fields, message) => {
  expect(
    problems(RULE, ({ add }) =>
      add({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'app' }, spec: { backoffLimit: 3, ...fields } }),
    ),
  ).toEqual([`Job/once: /spec${message}`]);
});

test('fails for a StatefulSet that waits for somebody to delete its pods', () => {
  const set = { serviceName: 'web', updateStrategy: { type: 'OnDelete' } };

  expect(
    problems(RULE, ({ add }) =>
      add({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'set', namespace: 'app' }, spec: set }),
    ),
  ).toEqual(['StatefulSet/set: /spec/updateStrategy/type is OnDelete: no change reaches its pods until somebody deletes them']);
});

const nightly = (fields: object) =>
  problems(RULE, ({ add }) =>
    add({
      ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'app' } },
      spec: { schedule: '0 3 * * *', jobTemplate: {}, ...fields },
    }),
  );

test.each(['*/5 * * * *', '0 3 1-15 * MON-FRI', '0,30 3-5/2 * jan 7', '@daily'])('accepts the schedule %s', (schedule) => {
  expect(nightly({ schedule, timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' })).toEqual([]);
});

test.each<[object, string]>([
  [{ schedule: '61 3 * * *' }, '/schedule is "61 3 * * *", of which "61" is no valid minute'],
  [{ schedule: '0 0 3 * * *' }, '/schedule is "0 0 3 * * *", which has 6 fields instead of 5'],
  [{ timeZone: 'Europe/Berlyn' }, '/timeZone is "Europe/Berlyn", which is no IANA time zone'],
  [{ concurrencyPolicy: 'Never' }, '/concurrencyPolicy is "Never", not one of Allow, Forbid, Replace'],
])('fails for a CronJob with %j', (fields, message) => {
  expect(nightly(fields)).toEqual([`CronJob/nightly: /spec${message}`]);
});

test('fails for a StatefulSet without a Service', () => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache', namespace: 'app' }, spec: { template: {} } };

  expect(problems(RULE, ({ add }) => add(set))).toEqual([
    'StatefulSet/cache: /spec/serviceName is missing: the pods would have no DNS names',
  ]);
});
