import { problems } from '../testing/problems';

const RULE = 'custom-resources-wait';

test('fails for an object that a first sync trips over', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Canary/model').metadata.annotations = {};
    }),
  ).toEqual([
    'Canary/model: /metadata/annotations/argocd.argoproj.io~1sync-options lacks SkipDryRunOnMissingResource=true, though an addon installs Canary of flagger.app',
  ]);
});

test('accepts kinds that every cluster serves, and those that the app itself defines', () => {
  expect(
    problems(RULE, ({ add }) =>
      add(
        {
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: 'w' },
          spec: { group: 'example.com' },
        },
        { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' } },
      ),
    ),
  ).toEqual([]);
});
