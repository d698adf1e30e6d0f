import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const check = (change?: (drafts: Drafts) => void) => problems('outside-is-reached', change);

test('accepts pods that ask DNS and the API server', () => {
  expect(check()).toEqual([]);
});

test('fails where pods may not ask DNS', () => {
  expect(check(({ remove }) => remove('NetworkPolicy/app-to-dns'))).toEqual([
    'NetworkPolicy/default-deny: /spec/policyTypes denies egress, and no policy lets Deployment/web in app ask kube-dns on UDP port 53',
    'NetworkPolicy/default-deny: /spec/policyTypes denies egress, and no policy lets Deployment/web in app ask kube-dns on TCP port 53',
  ]);
  expect(check(({ get }) => void get('NetworkPolicy/llm-to-dns').spec.egress[0].ports.pop())).toEqual([
    expect.stringContaining('kube-dns on TCP'),
  ]);
});

test('fails where pods may not ask the cache of their node', () => {
  const cached = (...to: readonly object[]) =>
    check(({ get, region }) => {
      region.platform.nodeLocalDns = '169.254.20.10';
      for (const namespace of ['app', 'llm']) get(`NetworkPolicy/${namespace}-to-dns`).spec.egress[0].to.push(...to);
    });

  expect(cached({ ipBlock: { cidr: '169.254.20.10/32' } })).toEqual([]);
  expect(cached()).toHaveLength(4);
});

test('fails for a database whose manager may not call the API server', () => {
  expect(check(({ remove }) => remove('NetworkPolicy/database-to-api-server'))).toEqual([
    'Cluster/database: /metadata/name needs the API server, and no NetworkPolicy lets Cluster/database in llm out of namespace llm to it',
  ]);
});

test('fails for pods with a token that may not use it', () => {
  expect(
    check(({ get }) => {
      get('Deployment/web').spec.template.spec.automountServiceAccountToken = true;
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/serviceAccountName needs the API server, and no NetworkPolicy lets Deployment/web in app out of namespace app to it',
  ]);
});

test('fails for pods that download and may not', () => {
  expect(
    check(({ get }) => {
      get('ConfigMap/web-config').data['fetch.sh'] = 'hf download example/model\n';
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/containers run a script with "hf download", and no NetworkPolicy lets them out of namespace app to the internet on port 443',
  ]);
});

describe('a gateway with a certificate', () => {
  const closed = (...rules: readonly object[]) =>
    check(({ add, get }) => {
      get('Gateway/public').spec.listeners[0].protocol = 'HTTPS';
      const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: rules };
      add({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'from-anyone', namespace: 'edge' }, spec });
    });

  test('lets clients in', () => {
    expect(closed({ ports: [{ port: 8000 }, { port: 8443 }] })).toEqual([]);
  });

  test('fails where it does not', () => {
    expect(closed({ ports: [{ port: 8000 }] })).toEqual([
      'Gateway/public: /spec/listeners/0/name is "https", but no NetworkPolicy lets clients into namespace edge to slipway.dev/workload=kong on port 8443',
    ]);
  });
});

describe('a Prometheus', () => {
  const reading = (expr: string, ...egress: readonly object[]) =>
    check(({ add }) => {
      const meta = (name: string) => ({ metadata: { name, namespace: 'watch' } });
      add(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'watch' } },
        { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', ...meta('prometheus'), spec: {} },
        {
          ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', ...meta('alerts') },
          spec: { groups: [{ name: 'alerts', rules: [{ alert: 'Full', expr }] }] },
        },
        {
          ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...meta('prometheus') },
          spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } }, policyTypes: ['Egress'], egress },
        },
      );
    });

  test('reaches nodes at any address, and need not where nobody asks for what they tell', () => {
    expect(reading('kubelet_volume_stats_available_bytes < 1', { ports: [{ port: 10250 }] })).toEqual([]);
    expect(reading('node_load5 > 9', { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 9000, endPort: 9200 }] })).toEqual([]);
    expect(reading('my_node_load5 > 9', { to: [{ podSelector: {} }] })).toEqual([]);
  });

  test('fails where it may call pods alone', () => {
    expect(reading('rate(container_cpu_usage_seconds_total[5m]) > 9', { to: [{ namespaceSelector: {} }] })).toEqual([
      'Prometheus/prometheus: /metadata/name is to read container_cpu_… from the kubelets, and no NetworkPolicy lets it out of namespace watch to nodes on port 10250',
    ]);
    expect(reading('node_load5 > 9', { ports: [{ port: 10250 }] })).toEqual([expect.stringContaining('on port 9100')]);
  });
});

describe('a configuration file', () => {
  const calling = (line: string, ...egress: readonly object[]) =>
    check(({ add, get }) => {
      get('ConfigMap/web-config').data['config.yaml'] = `store:\n  urls:\n    ${line}\n`;
      const selector = { matchLabels: { 'slipway.dev/workload': 'web' } };
      const spec = { podSelector: selector, policyTypes: ['Egress'], egress };
      add({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'web-out', namespace: 'app' }, spec });
    });

  test.each([
    ['- https://store.example.net', { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443 }] }],
    ['- "http://store.example.net:9200/traces"', { ports: [{ port: 9200 }] }],
    ['url: http://web.app.svc.cluster.local:80', {}],
    ['# see https://docs.example.net', { to: [{ podSelector: {} }] }],
  ])('may name what its pods reach: %s', (line, egress) => {
    expect(calling(line, egress)).toEqual([]);
  });

  test.each([
    ['- https://store.example.net', 443],
    ['url: http://store.example.net/traces', 80],
    ['url: "https://store.example.net:9243"', 9243],
  ])('fails for a host outside that no policy opens: %s', (line, port) => {
    expect(calling(line, { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 9200 }] })).toEqual([
      `ConfigMap/web-config: /data/config.yaml has Deployment/web in app call store.example.net on port ${port}, and no NetworkPolicy lets it out of namespace app to addresses on that port`,
    ]);
  });
});
