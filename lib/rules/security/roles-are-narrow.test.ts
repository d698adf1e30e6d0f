import { problems } from '../testing/problems';

const RULE = 'roles-are-narrow';
const API = 'rbac.authorization.k8s.io/v1';
const account = { kind: 'ServiceAccount', name: 'web', namespace: 'app' };
const reader = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

const granting = (rule: object, binding: object = {}) =>
  problems(RULE, ({ add }) =>
    add(
      { apiVersion: API, kind: 'Role', metadata: { name: 'reader', namespace: 'app' }, rules: [rule] },
      {
        ...{ apiVersion: API, kind: 'RoleBinding', metadata: { name: 'reader', namespace: 'app' } },
        ...{ roleRef: { kind: 'Role', name: 'reader' }, subjects: [account], ...binding },
      },
    ),
  );

test('accepts a role that names what it allows, also single secrets', () => {
  expect(granting(reader)).toEqual([]);
  expect(granting({ ...reader, resources: ['secrets'], resourceNames: ['one'] })).toEqual([]);
});

test.each<[string, object, string]>([
  ['a wildcard', { ...reader, verbs: ['*'] }, '/rules/0/verbs hold the wildcard *'],
  [
    'all secrets',
    { ...reader, resources: ['secrets'] },
    '/rules/0/resources hold secrets without resourceNames: all Secrets of the namespace could be read',
  ],
  ['shells', { ...reader, resources: ['pods/exec'] }, '/rules/0/resources hold pods/exec, with which one can take over pods or accounts'],
])('fails for a role with %s', (_, rule, message) => {
  expect(granting(rule)).toEqual([`Role/reader: ${message}`]);
});

test('fails for a role that is bound to nobody, or to everybody', () => {
  expect(granting(reader, { roleRef: { kind: 'ClusterRole', name: 'view' } })).toEqual([
    'Role/reader: /metadata/name is bound to nobody: remove the role, or bind it',
  ]);
  expect(granting(reader, { subjects: [{ kind: 'Group', name: 'system:authenticated' }] })).toEqual([
    'RoleBinding/reader: /subjects/0/name is system:authenticated, which everybody belongs to',
  ]);
});

test('fails for a binding that makes somebody the master of the cluster', () => {
  const binding = { apiVersion: API, kind: 'ClusterRoleBinding', metadata: { name: 'root' }, subjects: [account] };

  expect(problems(RULE, ({ add }) => add({ ...binding, roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } }))).toEqual([
    'ClusterRoleBinding/root: /roleRef/name is cluster-admin, a role that may do everything',
  ]);
});
