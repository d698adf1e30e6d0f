import { problems } from '../testing/problems';

test('fails for an object in a namespace that nobody defines', () => {
  expect(
    problems('namespaces-resolve', ({ remove }) => remove('Namespace/edge', 'ResourceQuota/edge-quota', 'LimitRange/edge-limits')),
  ).toEqual([
    'Certificate/public: /metadata/namespace is "edge", which no app defines (there: app, cnpg-system, llm, monitoring)',
    'Gateway/public: /metadata/namespace is "edge", which no app defines (there: app, cnpg-system, llm, monitoring)',
    'NetworkPolicy/web-from-kong: /spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name is "edge", which no app defines (there: app, cnpg-system, llm, monitoring)',
    'NetworkPolicy/model-from-kong: /spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name is "edge", which no app defines (there: app, cnpg-system, llm, monitoring)',
  ]);
});

test('fails for a namespaced object without a namespace', () => {
  expect(
    problems('namespaces-resolve', ({ get }) => {
      get('Service/web').metadata = { name: 'web' };
    }),
  ).toEqual(['Service/web: /metadata/namespace is missing: a Service needs a namespace']);
});

test('fails for an object of the whole cluster with a namespace', () => {
  const { kind, metadata, ...rest } = {
    ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1 },
    metadata: { name: 'high' },
  };

  expect(problems('namespaces-resolve', ({ add }) => add({ ...rest, kind, metadata }))).toEqual([]);
  expect(problems('namespaces-resolve', ({ add }) => add({ ...rest, kind, metadata: { ...metadata, namespace: 'app' } }))).toEqual([
    'PriorityClass/high: /metadata/namespace is "app", but a PriorityClass belongs to the whole cluster and has no namespace',
  ]);
});

test('fails for a monitor of a namespace that nobody defines', () => {
  expect(
    problems('namespaces-resolve', ({ get }) => {
      get('PodMonitor/model').spec.namespaceSelector = { matchNames: ['llms'] };
    }),
  ).toEqual([
    'PodMonitor/model: /spec/namespaceSelector/matchNames/0 is "llms", which no app defines (there: app, cnpg-system, edge, llm, monitoring)',
  ]);
});

test('accepts the namespaces that every cluster has', () => {
  expect(
    problems('namespaces-resolve', ({ get }) => {
      get('ConfigMap/web-config').metadata.namespace = 'kube-system';
    }),
  ).toEqual([]);
});
