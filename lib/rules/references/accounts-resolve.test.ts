import { problems } from '../testing/problems';

const binding = (subject: object, roleRef: object) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'readers', namespace: 'app' },
  subjects: [{ kind: 'ServiceAccount', ...subject }],
  roleRef,
});
const view = { kind: 'ClusterRole', name: 'view' };

test('fails for a pod whose service account does not exist', () => {
  expect(problems('accounts-resolve', ({ remove }) => remove('ServiceAccount/web'))).toEqual([
    'Deployment/web: /spec/template/spec/serviceAccountName names ServiceAccount "web", which does not exist in app (there is none)',
  ]);
});

test('fails for a binding to a service account that does not exist', () => {
  expect(problems('accounts-resolve', ({ add }) => add(binding({ name: 'worker' }, view)))).toEqual([
    'RoleBinding/readers: /subjects/0/name names ServiceAccount "worker", which does not exist in app (there: web)',
  ]);
});

test('fails for a role that does not exist', () => {
  expect(problems('accounts-resolve', ({ add }) => add(binding({ name: 'web' }, { kind: 'Role', name: 'reader' })))).toEqual([
    'RoleBinding/readers: /roleRef/name names Role "reader", which does not exist in app (there is none)',
  ]);
});

test('accepts built-in roles, and the account of an addon', () => {
  expect(problems('accounts-resolve', ({ add }) => add(binding({ name: 'prometheus', namespace: 'monitoring' }, view)))).toEqual([]);
});

test('fails for a secret store that reads as an account that does not exist', () => {
  expect(
    problems('accounts-resolve', ({ get }) => {
      const serviceAccountRef = { name: 'store', namespace: 'external-secrets' };
      get('ClusterSecretStore/platform').spec.provider = { aws: { auth: { jwt: { serviceAccountRef } } } };
    }),
  ).toEqual([
    'ClusterSecretStore/platform: /spec/provider/aws/auth/jwt/serviceAccountRef/name names ServiceAccount "store", which does not exist in external-secrets (there is none)',
  ]);
});
