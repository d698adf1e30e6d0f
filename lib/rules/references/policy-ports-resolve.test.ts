import { problems } from '../testing/problems';

test("fails for a policy that opens the Service's port instead of the pod's", () => {
  expect(
    problems('policy-ports-resolve', ({ get }) => {
      get('NetworkPolicy/model-from-kong').spec.ingress[0].ports = [{ port: 8000 }];
    }),
  ).toEqual([
    'NetworkPolicy/model-from-kong: /spec/ingress/0/ports/0/port is 8000, which no pod of Deployment/model in llm declares (there: http 8080)',
  ]);
});

const egress = (port: unknown) =>
  problems('policy-ports-resolve', ({ get }) => {
    get('NetworkPolicy/model-from-kong').spec = {
      podSelector: { matchLabels: { 'slipway.dev/workload': 'model' } },
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'app' } },
              podSelector: { matchLabels: { 'slipway.dev/workload': 'web' } },
            },
          ],
          ports: [{ port }],
        },
      ],
    };
  });

test('fails for the same mistake on the side of the caller', () => {
  expect(egress(80)).toEqual([
    'NetworkPolicy/model-from-kong: /spec/egress/0/ports/0/port is 80, which no pod of Deployment/web in app declares (there: http 8080)',
  ]);
});

test('accepts a port by number and by name', () => {
  expect([...egress(8080), ...egress('http')]).toEqual([]);
});

test('accepts any port of pods that nobody knows', () => {
  expect(
    problems('policy-ports-resolve', ({ get }) => {
      const { spec } = get('NetworkPolicy/model-from-kong');
      const podSelector = { matchLabels: { 'k8s-app': 'kube-dns' } };
      spec.egress = [{ to: [{ namespaceSelector: {}, podSelector }], ports: [{ port: 53 }] }];
    }),
  ).toEqual([]);
});
