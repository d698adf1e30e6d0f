import { problems } from '../testing/problems';

const RULE = 'policies-are-narrow';
const caller = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'caller' } } }];
const ports = [{ protocol: 'TCP', port: 8080 }];

const policy = (spec: object, matchLabels: object = { 'slipway.dev/workload': 'web' }) =>
  problems(RULE, ({ add }) =>
    add({
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'rule', namespace: 'app' } },
      spec: { podSelector: { matchLabels }, ...spec },
    }),
  );

test('accepts who is named on named ports, and everybody at the gateways', () => {
  expect(policy({ ingress: [{ from: caller, ports }], egress: [{ to: caller, ports }, { ports }] })).toEqual([]);
  expect(policy({ ingress: [{ ports }] }, { 'slipway.dev/workload': 'kong' })).toEqual([]);
  expect(policy({ ingress: [{ ports }] }, { istio: 'ingressgateway' })).toEqual([]);
});

test.each<[string, object, string]>([
  [
    'for all pods of all namespaces',
    { ingress: [{ from: [{ namespaceSelector: {} }], ports }] },
    '/spec/ingress/0/from/0 selects every pod of every namespace',
  ],
  [
    'out to all addresses',
    { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] } }], ports }] },
    '/spec/egress/0/to/0/ipBlock leads to all addresses, 169.254.0.0/16 included: except those of the cluster, of its nodes and of their credentials',
  ],
  ['without a caller', { ingress: [{ ports }] }, '/spec/ingress/0 has no `from`: everybody may call the pods'],
  ['with an empty list of callers', { ingress: [{ from: [], ports }] }, '/spec/ingress/0 has no `from`: everybody may call the pods'],
  ['without a port', { ingress: [{ from: caller }] }, '/spec/ingress/0 has no `ports`: every port is open'],
  ['out, without a port', { egress: [{ to: caller }] }, '/spec/egress/0 has no `ports`: every port may be called'],
])('fails for a rule %s', (_, spec, message) => {
  expect(policy(spec)).toEqual([`NetworkPolicy/rule: ${message}`]);
});
