import { fleetProblems } from '../testing/fleet-problems';
import type { FleetDrafts } from '../testing/sample-fleet';

const RULE = 'projects-permit-applications';
const template = ({ get }: FleetDrafts) => get('ApplicationSet/inference-prod').spec.template.spec;

test.each([
  ['default', 'is "default", which permits everything'],
  ['inference', 'is "inference", which does not exist (there: addons-prod, apps-prod, argocd-bootstrap, foundation-prod, inference-prod)'],
  ['{{.app}}-prod', 'is "{{.app}}-prod", made by a template'],
])('fails for the project %s', (name, message) => {
  expect(
    fleetProblems(RULE, (drafts) => {
      template(drafts).project = name;
    }),
  ).toEqual([`ApplicationSet/inference-prod: /spec/template/spec/project ${message}`]);
});

const source = (...sourceRepos: string[]) =>
  fleetProblems(RULE, ({ get }) => {
    get('AppProject/inference-prod').spec.sourceRepos = sourceRepos;
  });

test('fails for a repository that the project does not list, or denies', () => {
  const problem =
    'ApplicationSet/inference-prod: /spec/template/spec/source/repoURL is "https://git.example.com/platform.git", which AppProject/inference-prod does not permit';

  expect(source('https://git.example.com/other.git')).toEqual([problem]);
  expect(source('https://git.example.com/*', '!https://git.example.com/platform')).toEqual([problem]);
});

test('accepts another spelling of the repository, and a pattern for it', () => {
  expect(source('https://git.example.com/Platform')).toEqual([]);
  expect(source('https://git.example.com/*')).toEqual([]);
});

test('fails for a namespace and for a cluster that the project does not list', () => {
  const destinations = (change: (entry: { name: string; namespace: string }) => void) =>
    fleetProblems(RULE, ({ get }) => get('AppProject/inference-prod').spec.destinations.forEach(change));

  expect(
    destinations((entry) => {
      entry.namespace = 'other';
    }),
  ).toEqual([
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/0/namespace leads to namespace llm of prod-us-west-2, which AppProject/inference-prod does not permit',
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/1/namespace leads to namespace llm of prod-eu-west-1, which AppProject/inference-prod does not permit',
  ]);
  expect(
    destinations((entry) => {
      entry.name = 'prod-us-west-2';
    }),
  ).toEqual([
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/1/cluster leads to namespace llm of prod-eu-west-1, which AppProject/inference-prod does not permit',
  ]);
});
