import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const told = (chart: string, values: object, project = 'prod-us-west-2') =>
  fleetProblems('addons-outlast-drains', ({ get }) => {
    const { spec }: Draft = get('Application/flagger-prod-us-west-2');
    spec.destination.name = project;
    Object.assign(spec.source, { chart, helm: { valuesObject: values } });
  });

test.each<[string, object]>([
  ['kong', { replicaCount: 2 }],
  ['kong', { replicaCount: 1, autoscaling: { enabled: true, minReplicas: 2 } }],
  ['gateway', { autoscaling: { minReplicas: 3, enabled: true } }],
  ['gateway', { autoscaling: { enabled: false }, replicaCount: 2 }],
  ['istiod', { autoscaleMin: 2 }],
  ['istiod', { autoscaleEnabled: false, replicaCount: 2 }],
  ['kyverno', { admissionController: { replicas: 3 } }],
  ['cert-manager', {}],
])('accepts %s with %j', (chart, values) => {
  expect(told(chart, values)).toEqual([]);
});

test.each<[string, object, string]>([
  ['kong', { replicaCount: 1 }, '/replicaCount is 1: every request to its gateway'],
  ['kong', {}, '/replicaCount is missing, which is 1: every request to its gateway'],
  ['gateway', { replicaCount: 3 }, '/autoscaling/minReplicas is missing, which is 1: every request to its gateway'],
  ['istiod', {}, '/autoscaleMin is missing, which is 1: every new pod of the mesh'],
  ['kyverno', { admissionController: { replicas: 1 } }, '/admissionController/replicas is 1: the judgement of every new pod'],
])('fails for %s with %j', (chart, values, message) => {
  expect(told(chart, values)).toEqual([
    `Application/flagger-prod-us-west-2: /spec/source/helm/valuesObject${message} on prod-us-west-2 waits while its node is drained`,
  ]);
});

test('asks nothing of other environments', () => {
  expect(told('kong', { replicaCount: 1 }, 'dev-local')).toEqual([]);
});

test.each<[object, string]>([
  [{ enabled: true, maxUnavailable: 0 }, 'maxUnavailable is 0'],
  [{ maxUnavailable: '0%' }, 'maxUnavailable is 0%'],
  [{ minAvailable: '100%' }, 'minAvailable is 100%, all that there are'],
  [{ minAvailable: 2 }, 'minAvailable is 2, all that there are'],
])('fails in any environment for the budget %j', (podDisruptionBudget, message) => {
  for (const cluster of ['prod-us-west-2', 'dev-local']) {
    expect(told('kong', { replicaCount: 2, podDisruptionBudget }, cluster)).toEqual([
      `Application/flagger-prod-us-west-2: /spec/source/helm/valuesObject/podDisruptionBudget/${message}: no node with a pod of it could be drained`,
    ]);
  }
});

test('accepts a budget that lets a pod go, and one that is off', () => {
  for (const podDisruptionBudget of [{ maxUnavailable: 1 }, { minAvailable: 1 }, { enabled: false, maxUnavailable: 0 }])
    expect(told('kong', { replicaCount: 2, podDisruptionBudget })).toEqual([]);
});
