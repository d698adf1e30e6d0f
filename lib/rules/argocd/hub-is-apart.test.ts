import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'hub-is-apart';

test('fails without an Application for argocd/, and for a second one', () => {
  expect(fleetProblems(RULE, ({ remove }) => remove('Application/root'))).toEqual([
    'AppProject/argocd-bootstrap: is delivered by no Application, and nor is anything else in argocd/',
  ]);
  expect(fleetProblems(RULE, ({ get }) => Object.assign(get('Application/root').spec.source, { path: 'argo' }))).toEqual([
    'Application/root: /spec/source/path is "argo", not "argocd": no Application would deliver argocd/',
  ]);
  expect(
    fleetProblems(RULE, ({ get, add }) => {
      const twin = structuredClone(get('Application/root'));
      twin.metadata.name = 'twin';
      add(twin);
    }),
  ).toContain('Application/twin: /spec/source/path is argocd, which another Application delivers already');
});

test('fails for a root that delivers itself', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      delete get('Application/root').spec.source.directory.exclude;
    }),
  ).toEqual(['Application/root: /spec/source/directory/exclude is missing, not "bootstrap/*", the folder of the Application itself']);
});

test.each([
  { name: 'in-cluster', namespace: 'argocd' },
  { name: 'prod-us-west-2', namespace: 'argocd' },
])('fails for another project that may deploy to %j', (destination) => {
  expect(fleetProblems(RULE, ({ get }) => void get('AppProject/addons-prod').spec.destinations.unshift(destination))).toEqual([
    `AppProject/addons-prod: /spec/destinations/0 leads to argocd of ${destination.name}, where Argo CD is configured`,
  ]);
});

test('fails for an Application before its project, and for annotations that Argo CD does not know', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('AppProject/apps-prod').metadata.annotations = { 'argocd.argoproj.io/sync-wave': '5' };
      get('ConfigMap/argocd-cm').metadata.annotations = { 'argocd.argoproj.io/sync-option': 'Prune=false' };
    }),
  ).toEqual([
    'ApplicationSet/apps-prod: /metadata/annotations/argocd.argoproj.io~1sync-wave is 0, an earlier wave than that of AppProject/apps-prod, 5',
    'ConfigMap/argocd-cm: /metadata/annotations/argocd.argoproj.io~1sync-option is an annotation that Argo CD does not know',
  ]);
});

test('fails for an addon after the apps that need it', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('Application/flagger-prod-us-west-2').metadata.annotations['argocd.argoproj.io/sync-wave'] = '3';
    }),
  ).toEqual([
    'Application/flagger-prod-us-west-2: /metadata/annotations/argocd.argoproj.io~1sync-wave is 3, a later wave than that of the apps that need the addon, 0',
  ]);
});
