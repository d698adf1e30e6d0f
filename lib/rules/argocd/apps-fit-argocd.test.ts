import { problems } from '../testing/problems';

const RULE = 'apps-fit-argocd';
const MIB = 1024 * 1024;
const config = (name: string, bytes: number) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'app' },
  data: { text: 'x'.repeat(bytes) },
});

test('fails for an object that etcd does not take', () => {
  expect(problems(RULE, ({ add }) => add(config('large', 2 * MIB)))).toEqual([
    'ConfigMap/large: has 2.0 MiB, more than the 1.5 MiB of etcd',
  ]);
});

test('fails for an object that is large in another field than its data', () => {
  const rules = [{ verbs: ['get'], resources: ['x'.repeat(2 * MIB)] }];
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'large', namespace: 'app' }, rules };

  expect(problems(RULE, ({ add }) => add(role))).toEqual(['Role/large: has 2.0 MiB, more than the 1.5 MiB of etcd']);
});

test('fails for an app that Argo CD does not read, at its largest object', () => {
  const many = Array.from({ length: 8 }, (_, i) => config(`part-${i}`, 1.4 * MIB - i));

  expect(problems(RULE, ({ add }) => add(...many))).toEqual([
    expect.stringMatching(/^ConfigMap\/part-0: has 1\.4 MiB of the 11\.\d MiB of app, more than the 10 MiB that Argo CD reads$/),
  ]);
});

test('accepts what fits', () => {
  expect(problems(RULE, ({ add }) => add(config('large', MIB)))).toEqual([]);
});
