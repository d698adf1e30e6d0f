import { problems } from '../testing/problems';

test('fails for an object in a namespace that nobody defines', () => {
  expect(problems('namespaces-resolve', ({ remove }) => remove('Namespace/edge'))).toEqual([
    'Certificate/public: /metadata/namespace is "edge", which no app defines',
    'Gateway/public: /metadata/namespace is "edge", which no app defines',
    'NetworkPolicy/web-from-kong: /spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name is "edge", which no app defines',
    'NetworkPolicy/model-from-kong: /spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name is "edge", which no app defines',
  ]);
});

test('fails for a namespaced object without a namespace', () => {
  expect(
    problems('namespaces-resolve', ({ get }) => {
      get('Service/web').metadata = { name: 'web' };
    }),
  ).toEqual(['Service/web: /metadata has no namespace']);
});

test('fails for a monitor of a namespace that nobody defines', () => {
  expect(
    problems('namespaces-resolve', ({ get }) => {
      get('PodMonitor/model').spec.namespaceSelector = { matchNames: ['llms'] };
    }),
  ).toEqual(['PodMonitor/model: /spec/namespaceSelector/matchNames/0 is "llms", which no app defines']);
});

test('accepts the namespaces that every cluster has', () => {
  expect(
    problems('namespaces-resolve', ({ get }) => {
      get('ConfigMap/web-config').metadata.namespace = 'kube-system';
    }),
  ).toEqual([]);
});
