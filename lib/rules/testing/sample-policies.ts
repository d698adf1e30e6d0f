import type { Draft } from './sample-target';

const inNamespace = (name: string): Draft => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const workload = (name: string): Draft => ({ matchLabels: { 'slipway.dev/workload': name } });
const named = (name: string): Draft => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const database: Draft = { matchLabels: { 'cnpg.io/cluster': 'database' } };

const policy = (name: string, namespace: string, podSelector: Draft, rules: Draft): Draft => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec: { podSelector, policyTypes: [rules.egress === undefined ? 'Ingress' : 'Egress'], ...rules },
});

const from = (namespace: string, podSelector: Draft, port: number): Draft => ({
  ingress: [{ from: [{ namespaceSelector: inNamespace(namespace), podSelector }], ports: [{ port }] }],
});

const dns = (namespace: string): Draft =>
  policy(
    `${namespace}-to-dns`,
    namespace,
    {},
    {
      egress: [
        {
          to: [{ namespaceSelector: inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol })),
        },
      ],
    },
  );

/** What the pods of the sample need to be let through. */
export const policies = (): Draft[] => [
  dns('app'),
  dns('llm'),
  policy('web-from-kong', 'app', workload('web'), from('edge', workload('kong'), 8080)),
  policy('web-from-prometheus', 'app', workload('web'), from('monitoring', named('prometheus'), 8080)),
  policy('model-from-prometheus', 'llm', workload('model'), from('monitoring', named('prometheus'), 8080)),
  policy('database-from-cloudnative-pg', 'llm', database, from('cnpg-system', named('cloudnative-pg'), 8000)),
  policy('database-to-api-server', 'llm', database, { egress: [{ ports: [{ port: 443 }, { port: 6443 }] }] }),
];
