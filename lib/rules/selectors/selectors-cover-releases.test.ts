import { problems } from '../testing/problems';

const byName = { matchLabels: { 'app.kubernetes.io/name': 'model' } };

test('fails for a budget, a monitor and a policy that select canary pods only', () => {
  expect(
    problems('selectors-cover-releases', ({ get }) => {
      get('PodDisruptionBudget/model').spec.selector = byName;
      get('PodMonitor/model').spec.selector = byName;
      get('NetworkPolicy/model-from-kong').spec.podSelector = byName;
    }),
  ).toEqual([
    'PodDisruptionBudget/model: /spec/selector matches only the canary pods of Deployment/model in llm with app.kubernetes.io/name=model',
    'PodMonitor/model: /spec/selector matches only the canary pods of Deployment/model in llm with app.kubernetes.io/name=model',
    'NetworkPolicy/model-from-kong: /spec/podSelector matches only the canary pods of Deployment/model in llm with app.kubernetes.io/name=model',
  ]);
});

test('fails for a policy that lets primary pods alone call', () => {
  expect(
    problems('selectors-cover-releases', ({ get }) => {
      const [rule] = get('NetworkPolicy/model-from-kong').spec.ingress;
      rule.from = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'model-primary' } } }];
    }),
  ).toEqual([
    'NetworkPolicy/model-from-kong: /spec/ingress/0/from/0/podSelector matches only the primary pods of Deployment/model in llm with app.kubernetes.io/name=model-primary',
  ]);
});

const service = (spec: object) =>
  problems('selectors-cover-releases', ({ add }) =>
    add({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'direct', namespace: 'llm' },
      spec: { selector: { 'slipway.dev/workload': 'model' }, ports: [{ port: 8080 }], ...spec },
    }),
  );

test('fails for a Service that leads past the weights', () => {
  expect(service({})).toEqual(['Service/direct: /spec/selector sends traffic to Deployment/model in llm past the weights of its Canary']);
});

test('accepts a headless Service, which only lists the pods', () => {
  expect(service({ clusterIP: 'None' })).toEqual([]);
});

test('accepts the name label where nothing is released by Flagger', () => {
  expect(
    problems('selectors-cover-releases', ({ get, remove }) => {
      remove('Canary/model');
      get('PodMonitor/model').spec.selector = byName;
    }),
  ).toEqual([]);
});
