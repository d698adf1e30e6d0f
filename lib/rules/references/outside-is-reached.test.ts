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
