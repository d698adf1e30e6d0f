import { problems } from '../testing/problems';

test('fails for a priority class that does not exist', () => {
  expect(problems('platform-resolves', ({ remove }) => remove('PriorityClass/serving'))).toEqual([
    'Deployment/web: /spec/template/spec/priorityClassName names PriorityClass "serving", which does not exist (there is none)',
  ]);
});

test('fails for a secret store, an issuer and a gateway class that do not exist', () => {
  expect(
    problems('platform-resolves', ({ remove }) => remove('ClusterSecretStore/platform', 'ClusterIssuer/internal', 'GatewayClass/kong')),
  ).toEqual([
    'Gateway/public: /spec/gatewayClassName names GatewayClass "kong", which does not exist (there is none)',
    'Certificate/public: /spec/issuerRef/name names ClusterIssuer "internal", which does not exist (there is none)',
    'ExternalSecret/web-keys: /spec/secretStoreRef/name names ClusterSecretStore "platform", which does not exist (there is none)',
    'ExternalSecret/on-call: /spec/secretStoreRef/name names ClusterSecretStore "platform", which does not exist (there is none)',
  ]);
});

test('fails for an issuer of the wrong scope', () => {
  expect(
    problems('platform-resolves', ({ get }) => {
      get('Certificate/public').spec.issuerRef = { name: 'internal' };
    }),
  ).toEqual(['Certificate/public: /spec/issuerRef/name names Issuer "internal", which does not exist in edge (there is none)']);
});

test('fails for an issuer that only an annotation names', () => {
  expect(
    problems('platform-resolves', ({ get }) => {
      get('Gateway/public').metadata.annotations = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };
    }),
  ).toEqual([
    'Gateway/public: /metadata/annotations/cert-manager.io~1cluster-issuer names ClusterIssuer "letsencrypt", which does not exist (there: internal)',
  ]);
});

test('fails for a database of a cluster in another namespace', () => {
  expect(
    problems('platform-resolves', ({ add }) =>
      add({
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Database',
        metadata: { name: 'web', namespace: 'app' },
        spec: { cluster: { name: 'database' } },
      }),
    ),
  ).toEqual(['Database/web: /spec/cluster/name names Cluster "database", which does not exist in app (there is none)']);
});

test('accepts the priority classes that every cluster has', () => {
  expect(
    problems('platform-resolves', ({ get }) => {
      get('Deployment/web').spec.template.spec.priorityClassName = 'system-cluster-critical';
    }),
  ).toEqual([]);
});

test('fails for a secret store that does not serve the namespace', () => {
  expect(
    problems('platform-resolves', ({ get }) => {
      get('ClusterSecretStore/platform').spec.conditions = [{ namespaces: ['llm'] }];
    }),
  ).toEqual(['ExternalSecret/web-keys: /spec/secretStoreRef/name names ClusterSecretStore "platform", which does not serve app']);
});

test('fails for a database whose owner is no role of its cluster', () => {
  expect(
    problems('platform-resolves', ({ get, add }) => {
      get('Cluster/database').spec.managed = { roles: [{ name: 'llm' }] };
      add({
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Database',
        metadata: { name: 'llm', namespace: 'llm' },
        spec: { cluster: { name: 'database' }, owner: 'lmm' },
      });
    }),
  ).toEqual(['Database/llm: /spec/owner is "lmm", which is no role of the cluster (there: app, llm)']);
});

describe('a pool of addresses', () => {
  const pool = (kind: string, spec: object, namespace = 'metallb-system') => ({
    ...{ apiVersion: 'metallb.io/v1beta1', kind, metadata: { name: kind.toLowerCase(), namespace, labels: { tier: 'public' } }, spec },
  });
  const found = (...announcements: readonly object[]) =>
    problems('platform-resolves', ({ add }) => add(pool('IPAddressPool', { addresses: ['10.0.0.1-10.0.0.9'] }), ...announcements));

  test('is announced by its name, by its labels or with all others', () => {
    expect([
      ...found(pool('L2Advertisement', { ipAddressPools: ['ipaddresspool'] })),
      ...found(pool('BGPAdvertisement', {})),
      ...found(pool('L2Advertisement', { ipAddressPoolSelectors: [{ matchLabels: { tier: 'public' } }] })),
    ]).toEqual([]);
  });

  test('fails where nothing announces it', () => {
    const lost = [
      'IPAddressPool/ipaddresspool: /metadata/name is the name of a pool that no L2Advertisement and no BGPAdvertisement announces',
    ];

    expect(found()).toEqual(lost);
    expect(found(pool('L2Advertisement', {}, 'edge'))).toEqual(lost);
    expect(found(pool('L2Advertisement', { ipAddressPoolSelectors: [{ matchLabels: { tier: 'other' } }] }))).toEqual(lost);
  });
});
