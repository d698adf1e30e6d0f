import { problems } from '../testing/problems';

/** What is found after the spec of one object gets other fields; those that are undefined are taken away. */
const spec = (id: string, fields: object) => problems('objects-well-formed', ({ get }) => Object.assign(get(id).spec, fields));

test('accepts objects that are well formed', () => {
  expect(problems('objects-well-formed')).toEqual([]);
});

test('fails for an autoscaler whose bounds are crossed, or none', () => {
  expect(spec('HorizontalPodAutoscaler/web', { minReplicas: 5 })).toEqual([
    'HorizontalPodAutoscaler/web: /spec/minReplicas is 5, more than maxReplicas, which is 4',
  ]);
  expect(spec('HorizontalPodAutoscaler/web', { minReplicas: 0 })).toHaveLength(1);
  expect(spec('HorizontalPodAutoscaler/web', { maxReplicas: 2.5 })).toHaveLength(1);
});

test('fails for a metric whose source is not there', () => {
  expect(spec('HorizontalPodAutoscaler/web', { metrics: [{ type: 'Pods', resource: {} }] })).toEqual([
    'HorizontalPodAutoscaler/web: /spec/metrics/0/type is "Pods", but there is no "pods" beside it',
  ]);
});

test('fails for a budget with two bounds, and with none', () => {
  expect(spec('PodDisruptionBudget/web', { minAvailable: 1 })).toEqual([
    'PodDisruptionBudget/web: /spec has both minAvailable and maxUnavailable',
  ]);
  expect(spec('PodDisruptionBudget/web', { maxUnavailable: undefined })).toHaveLength(1);
});

test('fails for a Deployment that could never roll', () => {
  expect(spec('Deployment/web', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } })).toEqual([
    'Deployment/web: /spec/strategy/rollingUpdate allows neither a pod more nor a pod less: nothing could ever roll',
  ]);
  expect(spec('Deployment/web', { strategy: { type: 'Recreate', rollingUpdate: {} } })).toHaveLength(1);
  expect(spec('Deployment/web', { replicas: -1 })).toHaveLength(1);
});

test('fails for choices that Kubernetes does not know', () => {
  expect(spec('Deployment/web', { strategy: { type: 'Rolling' } })).toEqual([
    'Deployment/web: /spec/strategy/type is "Rolling", not one of RollingUpdate, Recreate',
  ]);
  expect(spec('PersistentVolumeClaim/models', { accessModes: ['ReadWriteAll'] })).toHaveLength(1);
  expect(spec('NetworkPolicy/default-deny', { policyTypes: ['ingress'] })).toHaveLength(1);
});

test('fails for pods that restart otherwise than their kind takes', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'app' } };
  const restarting = (restartPolicy?: string) =>
    problems('objects-well-formed', ({ add }) => add({ ...job, spec: { template: { spec: { restartPolicy, containers: [{}] } } } }));

  expect(restarting('Never')).toEqual([]);
  expect(restarting()).toEqual(['Job/once: /spec/template/spec/restartPolicy is "Always", but a Job takes Never or OnFailure']);
  expect(restarting('Sometimes')).toHaveLength(1);
});

test('fails for a path that does not begin at the root', () => {
  const match = (type: string, value: string) => spec('HTTPRoute/web', { rules: [{ matches: [{ path: { type, value } }] }] });

  expect(match('PathPrefix', '/v1')).toEqual([]);
  expect(match('PathPrefix', 'v1')).toEqual([
    'HTTPRoute/web: /spec/rules/0/matches/0/path/value is "v1", which does not begin with a slash',
  ]);
  expect(match('RegularExpression', 'v[0-9]+')).toEqual([]);
});

test('fails for a ConfigMap that holds other than texts, and for a claim without a size', () => {
  expect(
    problems('objects-well-formed', ({ get }) => {
      get('ConfigMap/web-config').data = { port: 80, 'a b': '' };
      get('PersistentVolumeClaim/models').spec.resources = { requests: {} };
    }),
  ).toEqual([
    'ConfigMap/web-config: /data/port is 80, not a text',
    'ConfigMap/web-config: /data/a b has a name that is not letters, digits, dashes, dots and underscores',
    'PersistentVolumeClaim/models: /spec/resources/requests lacks storage',
  ]);
});
