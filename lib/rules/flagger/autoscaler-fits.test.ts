import { problems } from '../testing/problems';

const RULE = 'autoscaler-fits';

test('accepts a canary as large as the primary', () => {
  expect(
    problems(RULE, ({ get }) => {
      Object.assign(get('HorizontalPodAutoscaler/model').spec, { minReplicas: 4, maxReplicas: 12 });
    }),
  ).toEqual([]);
});

test('fails for a canary larger than the primary', () => {
  expect(
    problems(RULE, ({ get }) => {
      Object.assign(get('HorizontalPodAutoscaler/model').spec, { minReplicas: 6, maxReplicas: 20 });
    }),
  ).toEqual([
    'HorizontalPodAutoscaler/model: /spec/minReplicas is 6, more than the 4 of the primary',
    'HorizontalPodAutoscaler/model: /spec/maxReplicas is 20, more than the 12 of the primary',
  ]);
});

test('fails for a primary without figures of its own', () => {
  expect(
    problems(RULE, ({ get }) => {
      delete get('Canary/model').spec.autoscalerRef.primaryScalerReplicas;
    }),
  ).toEqual([
    'Canary/model: /spec/autoscalerRef/primaryScalerReplicas lacks minReplicas or maxReplicas: the primary would get those of the canary',
  ]);
});

test('fails for versions that Flagger does not read', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Canary/model').spec.targetRef.apiVersion = 'extensions/v1beta1';
      get('Canary/model').spec.autoscalerRef.apiVersion = 'autoscaling/v2beta2';
      get('HorizontalPodAutoscaler/model').apiVersion = 'autoscaling/v1';
    }),
  ).toEqual([
    'Canary/model: /spec/targetRef/apiVersion is "extensions/v1beta1", not "apps/v1"',
    'Canary/model: /spec/autoscalerRef/apiVersion is "autoscaling/v2beta2", not "autoscaling/v2"',
    'HorizontalPodAutoscaler/model: /apiVersion is "autoscaling/v1", but Flagger copies "autoscaling/v2" only',
  ]);
});

test('fails for a trigger that the primary has no query for', () => {
  const scaled = (name: string | undefined) =>
    problems(RULE, ({ get, add }) => {
      add({
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'model', namespace: 'llm' },
        spec: { minReplicaCount: 1, maxReplicaCount: 2, triggers: [{ type: 'prometheus', name }] },
      });
      Object.assign(get('Canary/model').spec.autoscalerRef, {
        ...{ kind: 'ScaledObject', apiVersion: 'keda.sh/v1alpha1', primaryScalerQueries: { waiting: 'sum(waiting)' } },
      });
    });

  expect(scaled('waiting')).toEqual([]);
  expect(scaled(undefined)).toEqual(['ScaledObject/model: /spec/triggers/0/name is missing, for which primaryScalerQueries has no query']);
});
