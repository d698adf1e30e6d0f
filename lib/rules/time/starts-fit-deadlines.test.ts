import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'starts-fit-deadlines';
const probe = ({ get }: Drafts, id: string) => get(id).spec.template.spec.containers[0].startupProbe;

test('accepts a start that fits, with the default deadline', () => {
  expect(problems(RULE)).toEqual([]);
});

test('fails for a Deployment whose pods may start longer than it waits', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].startupProbe = { periodSeconds: 5, failureThreshold: 61 };
    }),
  ).toEqual([
    'Deployment/web: /spec/progressDeadlineSeconds is 600, less than the 605 seconds that a new node, the image and the startup probe may take',
  ]);
});

test('fails for an engine without a startup probe', () => {
  expect(
    problems(RULE, ({ get }) => {
      delete get('Deployment/model').spec.template.spec.containers[0].startupProbe;
    }),
  ).toEqual([
    'Deployment/model: /spec/template/spec/containers/0/startupProbe is missing: the liveness probe would restart the engine while it loads its model',
  ]);
});

test('fails for a budget below what loading takes on the storage of the region', () => {
  const weights = (gib: number) =>
    problems(RULE, (drafts) => {
      drafts.get('Deployment/model').metadata.annotations = { 'slipway.dev/fit': `per GPU 40.5 GiB usable - ${gib} weights - 2.3 engine` };
      probe(drafts, 'Deployment/model').failureThreshold = 50;
    });

  expect(weights(16)).toEqual([]);
  expect(weights(17.4)).toEqual([
    'Deployment/model: /spec/template/spec/containers/0/startupProbe allows 500 seconds, but loading the model takes 119 at 300 MiB/s, and a cold engine 390 more',
  ]);
});
