import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'kinds-are-installed';
test('fails for a kind whose addon is missing, once for each cluster', () => {
  const found = fleetProblems(RULE, ({ remove }) => remove('Application/flagger-prod-us-west-2'));

  expect(found).toEqual([
    expect.stringMatching(/is AlertProvider of flagger.app, which no addon of prod-us-west-2 installs: it comes with flagger$/),
  ]);
});

test('fails for an addon that leaves its kinds out', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/flagger-prod-us-west-2').spec.source.helm = { skipCrds: true };
    }),
  ).toHaveLength(1);
});

test('fails for an addon that goes to another cluster', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/flagger-prod-us-west-2').spec.destination.name = 'prod-eu-west-1';
    }),
  ).toHaveLength(1);
});

test('accepts kinds that clusters have, and those of groups that nobody here knows', () => {
  expect(
    fleetProblems(RULE, ({ app }) =>
      app('app').push({ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'one', namespace: 'app' } }),
    ),
  ).toEqual([]);
});

test('fails for a gateway of Istio on a cluster without its kinds', () => {
  const gateway = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'models', namespace: 'istio-ingress' } };

  expect(fleetProblems(RULE, ({ app }) => app('app').push(gateway))).toEqual([
    'Gateway/models: /kind is Gateway of networking.istio.io, which no addon of prod-us-west-2 installs: it comes with base',
  ]);
});
