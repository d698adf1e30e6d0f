import { fleetProblems } from '../testing/fleet-problems';

const values = (more: object) =>
  fleetProblems('delivery-holds-no-secrets', ({ get }) =>
    Object.assign(get('Application/kong-prod-us-west-2').spec.source.helm.valuesObject, more),
  );

test('fails for a credential in the values of a chart', () => {
  expect(values({ env: { pg_password: 'correct-horse' } })).toEqual([
    'Application/kong-prod-us-west-2: /spec/source/helm/valuesObject/env/pg_password holds a value for "pg_password"',
  ]);
});

test('accepts the name of a Secret, but no credential in its place', () => {
  expect(values({ admin: { existingSecret: 'grafana-admin' } })).toEqual([]);
  expect(values({ admin: { existingSecret: `hf_${'aB3'.repeat(10)}` } })).toHaveLength(1);
});

test('fails for a Secret', () => {
  expect(
    fleetProblems('delivery-holds-no-secrets', ({ add }) =>
      add({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cluster', namespace: 'argocd' } }),
    ),
  ).toHaveLength(1);
});
