import { problems } from '../testing/problems';

const RULE = 'one-scaler-per-workload';
const vertical = (updateMode: string) => ({
  apiVersion: 'autoscaling.k8s.io/v1',
  kind: 'VerticalPodAutoscaler',
  metadata: { name: 'web', namespace: 'app' },
  spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, updatePolicy: { updateMode } },
});

test('fails for two scalers of one workload', () => {
  expect(problems(RULE, ({ add }) => add(vertical('Auto')))).toEqual([
    'VerticalPodAutoscaler/web: /spec/targetRef names "web", which HorizontalPodAutoscaler/web scales as well',
  ]);
});

test.each(['Off', 'Initial'])('accepts a vertical autoscaler that only recommends, in mode %s', (mode) => {
  expect(problems(RULE, ({ add }) => add(vertical(mode)))).toEqual([]);
});

test('fails for replicas beside an autoscaler and beside Flagger', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Deployment/web').spec.replicas = 2;
      get('Deployment/model').spec.replicas = 0;
    }),
  ).toEqual([
    'Deployment/web: /spec/replicas is set, but HorizontalPodAutoscaler/web sets the replicas',
    'Deployment/model: /spec/replicas is set, but Canary/model sets the replicas',
  ]);
});

test('fails for a workload on whose replicas nobody decides', () => {
  expect(problems(RULE, ({ remove }) => remove('HorizontalPodAutoscaler/web'))).toEqual([
    'Deployment/web: /spec says nothing of replicas, and nobody scales it: one pod would serve',
  ]);
});

test('accepts replicas of a workload that nothing scales', () => {
  expect(
    problems(RULE, ({ get, remove }) => {
      remove('HorizontalPodAutoscaler/web');
      get('Deployment/web').spec.replicas = 2;
    }),
  ).toEqual([]);
});

test('fails for an autoscaler of a released Deployment that its Canary does not name', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Canary/model').spec.autoscalerRef.name = 'other';
    }),
  ).toEqual([
    'HorizontalPodAutoscaler/model: /metadata/name scales "model", but Canary/model does not name it as autoscalerRef: the primary would not be scaled',
  ]);
});

test('fails for an autoscaler of the primary under another name than that of Flagger', () => {
  expect(
    problems(RULE, ({ get, add }) => {
      const other = structuredClone(get('HorizontalPodAutoscaler/model'));
      other.metadata.name = 'stable';
      other.spec.scaleTargetRef.name = 'model-primary';
      add(other);
    }),
  ).toEqual(['HorizontalPodAutoscaler/stable: /spec/scaleTargetRef/name scales "model-primary" as "model-primary" of Flagger does']);
});
