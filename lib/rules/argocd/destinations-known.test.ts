import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'destinations-known';
const ELEMENT = '/spec/generators/0/list/elements/0/cluster';
const cluster = (name: string) =>
  fleetProblems(RULE, ({ get }) => {
    get('ApplicationSet/inference-prod').spec.generators[0].list.elements[0].cluster = name;
  });

test('fails for a cluster that no target has, at the element that names it', () => {
  expect(cluster('prod-us-west-9')).toEqual([
    `ApplicationSet/inference-prod: ${ELEMENT} is "prod-us-west-9", which is the cluster of no target (there: in-cluster, prod-eu-west-1, prod-us-west-2)`,
  ]);
});

test('fails for the cluster of another region', () => {
  expect(cluster('prod-eu-west-1')).toEqual([
    `ApplicationSet/inference-prod: ${ELEMENT} is "prod-eu-west-1", but the folder is that of prod/us-west-2`,
  ]);
});

test('fails for a server, and for nothing', () => {
  const destination = (change: object) =>
    fleetProblems(RULE, ({ get }) => {
      get('Application/kong-prod-us-west-2').spec.destination = change;
    });

  expect(destination({ name: 'prod-us-west-2', server: 'https://kubernetes.default.svc', namespace: 'edge' })).toEqual([
    'Application/kong-prod-us-west-2: /spec/destination/server is written beside a name: clusters are known by name',
  ]);
  expect(destination({})).toEqual([
    'Application/kong-prod-us-west-2: /spec/destination names no cluster',
    'Application/kong-prod-us-west-2: /spec/destination/namespace is not written',
  ]);
});

test('accepts the cluster of Argo CD for what is no app of a target', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/kong-prod-us-west-2').spec.destination.name = 'in-cluster';
    }),
  ).toEqual([]);
});
