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

test('fails for an account of nobody, but not for the one that a misspelt name leaves behind', () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'worker', namespace: 'app' } };
  const bound = binding({ name: 'worker' }, view);

  expect([
    ...problems('accounts-resolve', ({ add }) => add(account)),
    ...problems('accounts-resolve', ({ add }) => add(account, bound)),
  ]).toEqual(['ServiceAccount/worker: /metadata/name is the account of no pod and no store, and has no rights: nothing names it']);
  expect(
    problems('accounts-resolve', ({ get }) => {
      get('Deployment/web').spec.template.spec.serviceAccountName = 'wbe';
    }),
  ).toHaveLength(1);
});

test('fails for a model that is served under an account that does not exist', () => {
  const model = (serviceAccountName: string) => ({
    ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'model', namespace: 'app' } },
    spec: { predictor: { serviceAccountName } },
  });

  expect([
    ...problems('accounts-resolve', ({ add }) => add(model('web'))),
    ...problems('accounts-resolve', ({ add }) => add(model('models'))),
  ]).toEqual([
    'InferenceService/model: /spec/predictor/serviceAccountName names ServiceAccount "models", which does not exist in app (there: web)',
  ]);
});
