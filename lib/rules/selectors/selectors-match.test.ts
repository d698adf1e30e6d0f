import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';

test('fails for a Service, a budget and a monitor that match no pods', () => {
  expect(
    problems('selectors-match', ({ get }) => {
      get('Service/web').spec.selector = { 'app.kubernetes.io/name': 'webs' };
      get('PodDisruptionBudget/web').spec.selector = { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] };
      get('PodMonitor/model').spec.selector.matchLabels['slipway.dev/workload'] = 'models';
    }),
  ).toEqual([
    'Service/web: /spec/selector matches no pods with app.kubernetes.io/name=webs (there: app.kubernetes.io/name=web)',
    'PodDisruptionBudget/web: /spec/selector matches no pods with app In (web) (there: Deployment/web in app)',
    'PodMonitor/model: /spec/selector matches no pods with slipway.dev/workload=models (there: slipway.dev/workload=model)',
  ]);
});

test('fails for both sides of a network policy', () => {
  expect(
    problems('selectors-match', ({ get }) => {
      const { spec } = get('NetworkPolicy/model-from-kong');
      spec.podSelector.matchLabels['slipway.dev/workload'] = 'vllm';
      spec.ingress[0].from[0].podSelector.matchLabels['slipway.dev/workload'] = 'nginx';
    }),
  ).toEqual([
    'NetworkPolicy/model-from-kong: /spec/podSelector matches no pods with slipway.dev/workload=vllm (there: slipway.dev/workload=model)',
    'NetworkPolicy/model-from-kong: /spec/ingress/0/from/0/podSelector matches no pods with slipway.dev/workload=nginx (there: slipway.dev/workload=kong, slipway.dev/workload=kong-internal)',
  ]);
});

test('fails for a Service that finds the pods of two workloads', () => {
  expect(
    problems('selectors-match', ({ get, add }) => {
      const job = { ...structuredClone(get('Deployment/web')), apiVersion: 'batch/v1', kind: 'Job' };
      job.metadata.name = 'migration';
      add(job);
    }),
  ).toContain('Service/web: /spec/selector matches pods of Deployment/web in app and Job/migration in app: requests would go to both');
});

test('fails for two budgets of one workload', () => {
  expect(
    problems('selectors-match', ({ get, add }) => {
      add({ ...structuredClone(get('PodDisruptionBudget/web')), metadata: { name: 'all', namespace: 'app' } });
    }),
  ).toEqual([
    'PodDisruptionBudget/all: /spec/selector matches pods of Deployment/web in app, as PodDisruptionBudget/web does: pods with two budgets cannot be evicted',
  ]);
});

test('fails for a monitor of Services that matches none', () => {
  expect(
    problems('selectors-match', ({ get }) => {
      get('ServiceMonitor/web').spec.selector = { matchLabels: { app: 'web' } };
    }),
  ).toEqual(['ServiceMonitor/web: /spec/selector matches no Service with app=web']);
});

test('accepts selectors that look into a namespace of addons only', () => {
  expect(
    problems('selectors-match', ({ get }) => {
      const { spec } = get('NetworkPolicy/model-from-kong');
      spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'cert-manager';
      spec.ingress[0].from[0].podSelector.matchLabels = { 'app.kubernetes.io/name': 'cert-manager' };
    }),
  ).toEqual([]);
});

test('knows the pods of a model', () => {
  const model = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', namespace: 'app' },
    spec: { predictor: { labels: { 'app.kubernetes.io/name': 'iris' }, model: { runtime: 'sklearn' } } },
  };
  const service = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'app' } },
    spec: { selector: { 'app.kubernetes.io/name': name }, ports: [{ port: 80 }] },
  });
  expect(problems('selectors-match', ({ add }) => add(model, service('iris'), service('rose')))).toEqual([
    'Service/rose: /spec/selector matches no pods with app.kubernetes.io/name=rose (there: app.kubernetes.io/name=iris, app.kubernetes.io/name=web)',
  ]);
});

test.each(['Gateway', 'RequestAuthentication', 'AuthorizationPolicy'])('fails for a %s of Istio that matches no pods', (kind) => {
  const labels = (change: object) =>
    problems('selectors-match', (drafts) => {
      behindIstio(drafts);
      const { selector } = drafts.get(`${kind}/models`).spec;
      Object.assign(selector.matchLabels ?? selector, change);
    });

  expect(labels({})).toEqual([]);
  expect(labels({ istio: 'gateway' })).toEqual([
    expect.stringContaining(`${kind}/models: /spec/selector matches no pods with istio=gateway (there: `),
  ]);
});
