import { problems } from '../testing/problems';

const quota = (namespace: string, hard: object) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota', namespace },
  spec: { hard },
});
const under = (namespace: string, hard: object) => problems('quotas-hold', ({ add }) => add(quota(namespace, hard)));

test('accepts a quota that holds what runs at its busiest', () => {
  // web: 4 + 1 while it rolls; model: 12 + 2 + 3; one database.
  expect(under('app', { pods: '5', 'requests.cpu': '500m', 'requests.memory': '640Mi' })).toEqual([]);
  expect(under('llm', { pods: 18, 'requests.nvidia.com/gpu': '34' })).toEqual([]);
});

test('fails where the maximum of an autoscaler and a rollout do not fit', () => {
  expect(under('app', { pods: '4' })).toEqual([
    'ResourceQuota/quota: /spec/hard/pods is 4, but app needs 5: 5 for Deployment/web (4 at most + 1 during a rollout)',
  ]);
});

test('fails where the canary does not fit', () => {
  expect(under('llm', { 'requests.nvidia.com/gpu': '24', 'requests.memory': '2Ti' })).toEqual([
    'ResourceQuota/quota: /spec/hard/requests.nvidia.com~1gpu is 24, but llm needs 34: 34 for Deployment/model (12 primary + 2 canary + 3 while the primary rolls)',
  ]);
});

test('counts Jobs, claims and published Services', () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once', namespace: 'app' },
    spec: { parallelism: 2, template: { spec: { containers: [{ resources: { requests: { cpu: '1' } } }] } } },
  };
  expect(
    problems('quotas-hold', ({ add, get }) => {
      get('Service/web').spec.type = 'LoadBalancer';
      add(job, quota('app', { 'requests.cpu': '2', 'services.loadbalancers': '0' }), quota('llm', { persistentvolumeclaims: '0' }));
    }),
  ).toEqual([
    expect.stringContaining('requests.cpu is 2, but app needs 2.5: 2 for Job/once (2 at a time), 0.5 for Deployment/web'),
    expect.stringContaining('services.loadbalancers is 0, but app needs 1: 1 for Service/web'),
    expect.stringContaining('persistentvolumeclaims is 0, but llm needs 1: 1 for PersistentVolumeClaim/models'),
  ]);
});

test('counts the replicas of a model, and what fetches it', () => {
  const model = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace: 'app' },
    spec: { predictor: { maxReplicas: 2, model: { resources: { requests: { cpu: '50m', memory: '1Gi' } } } } },
  };
  expect(problems('quotas-hold', ({ add }) => add(model, quota('app', { pods: '7', 'requests.cpu': '600m' })))).toEqual([
    expect.stringContaining(
      'pods is 7, but app needs 8: 5 for Deployment/web (4 at most + 1 during a rollout), 3 for InferenceService/iris',
    ),
    expect.stringContaining('requests.cpu is 600m, but app needs 0.8: 0.5 for Deployment/web'),
  ]);
});

test('counts what an operator starts', () => {
  const servers = (kind: string, replicas: number) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: kind.toLowerCase(), namespace: 'watch' },
    spec: { replicas, resources: { requests: { cpu: '1' } } },
  });
  const watching = (cpus: string) =>
    problems('quotas-hold', ({ add }) =>
      add(servers('Prometheus', 2), servers('Alertmanager', 3), quota('watch', { 'requests.cpu': cpus })),
    );

  expect(watching('5')).toEqual([]);
  expect(watching('4')).toEqual([
    expect.stringContaining(
      'requests.cpu is 4, but watch needs 5: 3 for Alertmanager/alertmanager (3 servers), 2 for Prometheus/prometheus (2 servers)',
    ),
  ]);
});
