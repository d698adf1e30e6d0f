import { problems } from '../testing/problems';

const RULE = 'grace-covers-drain';

const engine = (config: string, preStop: object | undefined, grace: number | undefined) =>
  problems(RULE, ({ get, add }) => {
    const { spec } = get('Deployment/model').spec.template;
    spec.terminationGracePeriodSeconds = grace;
    spec.containers[0].lifecycle = preStop && { preStop };
    spec.volumes.push({ name: 'config', configMap: { name: 'engine' } });
    add({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'engine', namespace: 'llm' } },
      data: { 'config.yaml': `served-model-name: llama\n${config}\n` },
    });
  });
const sleeps = { exec: { command: ['sleep', '15'] } };

test('accepts a grace period that covers everything, however the sleep is written', () => {
  expect([
    ...engine('shutdown-timeout: 600', sleeps, 620),
    ...engine('shutdown-timeout: 600', { sleep: { seconds: 15 } }, 630),
    ...engine('shutdown-timeout: 600', { exec: { command: ['/bin/sh', '-c', 'sleep 15'] } }, 630),
  ]).toEqual([]);
});

test('fails for a grace period that ends before the drain', () => {
  expect([...engine('shutdown-timeout: 600', sleeps, 615), ...engine('shutdown-timeout: 600', sleeps, undefined)]).toEqual([
    'Deployment/model: /spec/template/spec/terminationGracePeriodSeconds is 615, less than the 620 seconds that the pod needs: 15 of the preStop hook, 600 of shutdown-timeout and a margin of 5',
    'Deployment/model: /spec/template/spec/terminationGracePeriodSeconds is missing, and so 30, less than the 620 seconds that the pod needs: 15 of the preStop hook, 600 of shutdown-timeout and a margin of 5',
  ]);
});

test('fails for a server that proxies still send requests to', () => {
  expect(engine('shutdown-timeout: 600', undefined, 630)).toEqual([
    'Deployment/model: /spec/template/spec/containers/0/lifecycle/preStop sleeps 0 seconds, less than the 5 in which proxies still send requests to a pod that is going',
  ]);
});

test('fails for an engine that aborts its answers', () => {
  expect(engine('', sleeps, 630)).toEqual([
    'ConfigMap/engine: /data/config.yaml sets no shutdown-timeout: a stopping engine would abort every answer it has begun',
  ]);
});

test('fails for any workload that sleeps longer than it is granted', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].lifecycle = { preStop: { exec: { command: ['sleep', '30'] } } };
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/terminationGracePeriodSeconds is missing, and so 30, less than the 35 seconds that the pod needs: 30 of the preStop hook and a margin of 5',
  ]);
});

test('fails for a model whose requests may take longer than its pods have to stop', () => {
  const model = (predictor: object, annotations: object = {}) =>
    problems(RULE, ({ add }) =>
      add({
        ...{
          apiVersion: 'serving.kserve.io/v1beta1',
          kind: 'InferenceService',
          metadata: { name: 'intents', namespace: 'app', annotations },
        },
        spec: { predictor },
      }),
    );

  expect(model({ timeout: 60, terminationGracePeriodSeconds: 80 })).toEqual([]);
  expect(model({ timeout: 600, terminationGracePeriodSeconds: 80 })).toEqual([
    'InferenceService/intents: /spec/predictor/timeout is 600, and a stopping pod has 80: longer requests are cut off by every rollout',
  ]);
  expect(model({ timeout: 60 })).toHaveLength(1);
  expect(model({ timeout: 60 }, { 'serving.kserve.io/deploymentMode': 'Knative' })).toEqual([]);
});
