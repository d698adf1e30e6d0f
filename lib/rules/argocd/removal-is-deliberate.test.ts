import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const set = (change: (set: Draft) => void) =>
  fleetProblems('removal-is-deliberate', ({ get }) => change(get('ApplicationSet/inference-prod')));
const AT = 'ApplicationSet/inference-prod:';

test('fails where an element takes its Application along', () => {
  expect(
    set(({ spec }) => {
      delete spec.syncPolicy;
    }),
  ).toEqual([
    `${AT} /spec/syncPolicy/applicationsSync is sync by default: removing an element would delete its Application`,
    `${AT} /spec/syncPolicy/preserveResourcesOnDeletion is not true: in production, removing the set would delete all that it deployed`,
  ]);
});

test('fails where the Application takes what it deployed along, or the set may go with its file', () => {
  expect(
    set(({ metadata, spec }) => {
      metadata.annotations = {};
      spec.template.metadata.finalizers = ['resources-finalizer.argocd.argoproj.io'];
    }),
  ).toEqual([
    `${AT} /spec/template/metadata/finalizers makes Argo CD delete all that the Application deployed when it is removed, in production`,
    `${AT} /metadata/annotations/argocd.argoproj.io~1sync-options lacks Prune=confirm: ApplicationSet/inference-prod would go when its file goes`,
  ]);
});

test('fails for a finalizer that nothing removes', () => {
  expect(
    fleetProblems('removal-is-deliberate', ({ get }) => {
      get('AppProject/apps-prod').metadata.finalizers = ['resources-finalizer.argocd.argoproj.io/forground'];
    }),
  ).toEqual([
    'AppProject/apps-prod: /metadata/finalizers/0 is "resources-finalizer.argocd.argoproj.io/forground", which no controller ever removes',
  ]);
});

test('accepts removal without confirmation elsewhere', () => {
  expect(
    set(({ metadata, spec }) => {
      metadata.annotations = {};
      delete spec.syncPolicy;
      spec.template.metadata.finalizers = ['resources-finalizer.argocd.argoproj.io/background'];
      for (const element of spec.generators[0].list.elements)
        Object.assign(element, { environment: 'dev', cluster: `dev-${element.region}` });
    }),
  ).toEqual([]);
});

test('fails for a root that takes everything along, though nothing of production is in it by name', () => {
  expect(
    fleetProblems('removal-is-deliberate', ({ get }) => {
      get('Application/root').metadata.finalizers = ['resources-finalizer.argocd.argoproj.io'];
    }),
  ).toEqual([
    'Application/root: /metadata/finalizers makes Argo CD delete every project, Application and setting when this one is removed, those of production included',
  ]);
});
