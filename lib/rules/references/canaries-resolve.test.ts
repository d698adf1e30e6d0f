import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const canary = (change: (spec: Draft) => void) => problems('canaries-resolve', ({ get }) => change(get('Canary/model').spec));

test('fails for a target that does not exist', () => {
  expect(canary(({ targetRef }) => void Object.assign(targetRef, { name: 'models' }))).toEqual([
    'Canary/model: /spec/targetRef/name names Deployment "models", which does not exist in llm (there: model)',
  ]);
});

test('fails for a target that is no Deployment', () => {
  expect(canary(({ targetRef }) => void Object.assign(targetRef, { kind: 'StatefulSet' }))).toEqual([
    'Canary/model: /spec/targetRef/kind is "StatefulSet": the platform releases Deployments only',
  ]);
});

test('fails for an autoscaler that is missing or does not exist', () => {
  const missing = canary((spec) => {
    delete spec.autoscalerRef;
  });
  const unknown = canary(({ autoscalerRef }) => void Object.assign(autoscalerRef, { name: 'models' }));

  expect([...missing, ...unknown]).toEqual([
    'Canary/model: /spec/autoscalerRef is missing: without an autoscaler Flagger gives the primary as many replicas as the canary has',
    'Canary/model: /spec/autoscalerRef/name names HorizontalPodAutoscaler "models", which does not exist in llm (there: model)',
  ]);
});

test('fails for an autoscaler of another workload, and for a minimum above the maximum', () => {
  const found = problems('canaries-resolve', ({ get }) => {
    get('HorizontalPodAutoscaler/model').spec.scaleTargetRef.name = 'models';
    get('Canary/model').spec.autoscalerRef.primaryScalerReplicas.minReplicas = 13;
  });

  expect(found).toEqual([
    'Canary/model: /spec/autoscalerRef/name names "model", which scales "models"',
    'Canary/model: /spec/autoscalerRef/primaryScalerReplicas has a minimum of 13 above its maximum of 12',
  ]);
});

test('fails for a metric template and an alert provider that do not exist', () => {
  expect(
    canary(({ analysis }) => {
      analysis.metrics[0].templateRef = { name: 'errors', namespace: 'app' };
      analysis.alerts = [{ name: 'chat', providerRef: { name: 'chat' } }];
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/metrics/0/templateRef/name names MetricTemplate "errors", which does not exist in app (there is none)',
    'Canary/model: /spec/analysis/alerts/0/providerRef/name names AlertProvider "chat", which does not exist in llm (there: on-call)',
  ]);
});

test('fails for two Canaries of one Deployment', () => {
  expect(
    problems('canaries-resolve', ({ get, add }) => {
      add({ ...structuredClone(get('Canary/model')), metadata: { name: 'again', namespace: 'llm' } });
    }),
  ).toEqual(['Canary/again: /spec/targetRef/name names Deployment "model", which Canary/model releases already']);
});
