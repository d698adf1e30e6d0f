import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const behavior = (behavior: Draft, failureThreshold = 60) =>
  problems('scaling-outlasts-starts', ({ get }) => {
    get('HorizontalPodAutoscaler/model').spec.behavior = behavior;
    get('Deployment/model').spec.template.spec.containers[0].startupProbe = { periodSeconds: 10, failureThreshold };
  });

test('accepts windows as long as a start, or as long as Kubernetes allows', () => {
  const patient = (window: number, periodSeconds: number) => ({
    scaleDown: { stabilizationWindowSeconds: window },
    scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds }] },
  });

  expect([...behavior(patient(600, 600)), ...behavior(patient(3600, 1800), 600)]).toEqual([]);
});

test('fails for the defaults of Kubernetes', () => {
  expect(behavior(undefined)).toEqual([
    'HorizontalPodAutoscaler/model: /spec/behavior/scaleDown/stabilizationWindowSeconds is 300 by default, less than the 600 seconds that a pod may take to start',
    'HorizontalPodAutoscaler/model: /spec/behavior/scaleUp/policies/0/periodSeconds is 15 by default, less than the 600 seconds that a pod may take to start',
  ]);
});

test('fails for a policy that orders again too soon', () => {
  expect(
    behavior({ scaleDown: { stabilizationWindowSeconds: 600 }, scaleUp: { policies: [{ periodSeconds: 600 }, { periodSeconds: 60 }] } }),
  ).toEqual([
    'HorizontalPodAutoscaler/model: /spec/behavior/scaleUp/policies/1/periodSeconds is 60, less than the 600 seconds that a pod may take to start',
  ]);
});

test('fails for a window that the API server refuses', () => {
  expect(behavior({ scaleDown: { stabilizationWindowSeconds: 5820 }, scaleUp: { stabilizationWindowSeconds: 600 } })).toEqual([
    'HorizontalPodAutoscaler/model: /spec/behavior/scaleDown/stabilizationWindowSeconds is 5820, more than the 3600 that the API server accepts',
  ]);
});

test('lets services without accelerators grow by the minute', () => {
  expect(
    problems('scaling-outlasts-starts', ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].startupProbe = { periodSeconds: 5, failureThreshold: 60 };
    }),
  ).toEqual([]);
});
