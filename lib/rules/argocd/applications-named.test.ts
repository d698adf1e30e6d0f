import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'applications-named';

test('fails for two Applications of one name, at the one that comes later', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/kong-prod-us-west-2').metadata.name = 'llm-prod-us-west-2';
    }),
  ).toEqual([
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/0/app gives the name "llm-prod-us-west-2", which Application/llm-prod-us-west-2 yields too',
  ]);
});

test.each(['Kong', 'kong_gateway', `kong-${'g'.repeat(60)}`])('fails for the name "%s"', (name) => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/kong-prod-us-west-2').metadata.name = name;
    }),
  ).toEqual([
    `Application/${name}: /metadata/name gives the name "${name}", which is not at most 63 lower-case letters, digits and dashes`,
  ]);
});

test('fails for labels that the API server refuses', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/kong-prod-us-west-2').metadata.labels = { 'slipway.dev/ring': 'first ring', 'slipway/dev/app': 'kong' };
    }),
  ).toEqual([
    'Application/kong-prod-us-west-2: /metadata/labels/slipway.dev~1ring is "first ring", which is no value of a label',
    'Application/kong-prod-us-west-2: /metadata/labels/slipway~1dev~1app is "slipway/dev/app", which is no key of a label',
  ]);
});

test('fails for a name that Kubernetes is to make up', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('ApplicationSet/apps-prod').spec.template.metadata.generateName = 'app-';
    }),
  ).toEqual(['ApplicationSet/apps-prod: /spec/template/metadata/generateName is written, though ApplicationSets take only a name']);
});

test('accepts names, labels and empty labels as they should be', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/kong-prod-us-west-2').metadata.labels = { 'slipway.dev/ring': '', app: 'kong_2.0' };
    }),
  ).toEqual([]);
});
