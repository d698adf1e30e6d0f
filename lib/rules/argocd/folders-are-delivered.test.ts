import { fleetProblems } from '../testing/fleet-problems';
import type { FleetDrafts } from '../testing/sample-fleet';

const RULE = 'folders-are-delivered';
const elements = ({ get }: FleetDrafts) => get('ApplicationSet/inference-prod').spec.generators[0].list.elements;

test('fails for a folder that nobody delivers', () => {
  expect(fleetProblems(RULE, (drafts) => void elements(drafts).pop())).toEqual([
    'prod/eu-west-1/llm: is delivered by no Application: Argo CD would not deploy the folder',
  ]);
});

test('fails for an Application without a folder', () => {
  expect(fleetProblems(RULE, (drafts) => void elements(drafts).push({ ...elements(drafts)[0], app: 'gone' }))).toEqual([
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/2/environment gives the path "dist/prod/us-west-2/gone", which is no folder of an app (there: dist/prod/us-west-2/app, dist/prod/us-west-2/edge, dist/prod/us-west-2/foundation, dist/prod/us-west-2/llm)',
  ]);
});

test('fails for a folder that two Applications deliver', () => {
  expect(fleetProblems(RULE, (drafts) => void elements(drafts).push(elements(drafts)[0]))).toEqual([
    expect.stringMatching(
      /elements\/2\/.* gives the path "dist\/prod\/us-west-2\/llm", which Application llm-prod-us-west-2 delivers already$/,
    ),
  ]);
});

test('fails for a folder without objects, which Argo CD refuses to read', () => {
  expect(fleetProblems(RULE, ({ app }) => void app('llm').splice(0))).toEqual(['prod/us-west-2/llm: holds no object']);
});
