import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'copies-resolve';
const AT = 'ExternalSecret/ca: /spec';
const account = { name: 'copier', namespace: 'external-secrets' };

/** Has the certificate of whoever signed the gateway's copied to a namespace, by an account that may. */
const copied = (change: (objects: Record<'external' | 'role' | 'binding', Draft>, drafts: Drafts) => void = () => {}) =>
  problems(RULE, (drafts) => {
    const objects = {
      external: {
        ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'ca', namespace: 'app' } },
        spec: {
          secretStoreRef: { kind: 'ClusterSecretStore', name: 'copies' },
          data: [{ secretKey: 'certificate', remoteRef: { key: 'gateway-tls', property: 'ca.crt' } }],
        },
      },
      role: {
        ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'copier', namespace: 'edge' } },
        rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['gateway-tls'], verbs: ['get'] }],
      },
      binding: {
        ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'copier', namespace: 'edge' } },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'copier' },
        subjects: [{ kind: 'ServiceAccount', ...account }],
      },
    } satisfies Record<string, Draft>;
    change(objects, drafts);
    drafts.add(...Object.values(objects), {
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: 'copies' } },
      spec: { provider: { kubernetes: { remoteNamespace: 'edge', auth: { serviceAccount: account } } } },
    });
    drafts.add({
      ...{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'gateway', namespace: 'edge' } },
      spec: { secretName: 'gateway-tls' },
    });
  });

test('accepts a copy of one key by an account that may get the Secret', () => {
  expect(copied()).toEqual([]);
});

test('accepts a Secret that a person has filled, where the account may get it', () => {
  expect(
    copied(({ external, role }) => {
      external.spec.data[0].remoteRef.key = 'by-hand';
      role.rules[0].resourceNames = ['by-hand'];
    }),
  ).toEqual([]);
});

test('fails for a private key', () => {
  expect(copied(({ external }) => Object.assign(external.spec.data[0].remoteRef, { property: 'tls.key' }))).toEqual([
    `${AT}/data/0/remoteRef/property is "tls.key", the private key of Certificate/gateway: it stays where it is`,
  ]);
});

test('fails for all keys at once, among which is a private one', () => {
  const all = copied(({ external }) => Object.assign(external.spec, { data: [], dataFrom: [{ extract: { key: 'gateway-tls' } }] }));
  const one = copied(({ external }) => delete external.spec.data[0].remoteRef.property);

  expect(all).toEqual([`${AT}/dataFrom/0/extract/property is missing: tls.key of Certificate/gateway would be copied with the others`]);
  expect(one).toEqual([`${AT}/data/0/remoteRef/property is missing: tls.key of Certificate/gateway would be copied with the others`]);
});

test('fails for a key that is not there', () => {
  expect(copied(({ external }) => Object.assign(external.spec.data[0].remoteRef, { property: 'ca.pem' }))).toEqual([
    `${AT}/data/0/remoteRef/property is "ca.pem", which Certificate/gateway does not put there (there: ca.crt, tls.crt, tls.key)`,
  ]);
});

test.each<[string, (objects: Record<'external' | 'role' | 'binding', Draft>) => void]>([
  ['another Secret', ({ role }) => Object.assign(role.rules[0], { resourceNames: ['other'] })],
  ['no right to get it', ({ role }) => Object.assign(role.rules[0], { verbs: ['list'] })],
  ['another account', ({ binding }) => Object.assign(binding.subjects[0], { name: 'other' })],
  ['another namespace', ({ binding }) => Object.assign(binding.metadata, { namespace: 'app' })],
])('fails where the account has rights to %s', (_, change) => {
  expect(copied(change)).toEqual([`${AT}/data/0/remoteRef/key is "gateway-tls", which the account of copies may not get in edge`]);
});
