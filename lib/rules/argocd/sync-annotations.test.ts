import { problems } from '../testing/problems';

const RULE = 'sync-annotations';
const annotated = (id: string, annotation: string, value: string) =>
  problems(RULE, ({ get }) => {
    const { metadata } = get(id);
    metadata.annotations = { ...metadata.annotations, [`argocd.argoproj.io/${annotation}`]: value };
  });
const at = (id: string, annotation: string) => `${id}: /metadata/annotations/argocd.argoproj.io~1${annotation}`;

test.each([
  ['sync-wave', 'first', 'is "first", not a whole number'],
  ['sync-wave', '1.5', 'is "1.5", not a whole number'],
  ['hook', 'PostSyncs', 'is "PostSyncs", not one of PreSync, Sync, PostSync, Skip, SyncFail, PreDelete, PostDelete'],
  ['hook-delete-policy', 'Always', 'is "Always", not one of HookSucceeded, HookFailed, BeforeHookCreation'],
  ['sync-options', 'SkipDryRun=true', 'is "SkipDryRun=true", which Argo CD does not know'],
  [
    'sync-options',
    'Force=true',
    'is Force=true: Argo CD would delete the object and create it anew, without what controllers wrote into it',
  ],
  [
    'sync-options',
    'Replace=true',
    'is Replace=true: Argo CD would delete the object and create it anew, without what controllers wrote into it',
  ],
  ['sync-wawe', '1', 'is an annotation that Argo CD does not know'],
])('fails for %s: %s', (annotation, value, message) => {
  expect(annotated('Deployment/web', annotation, value)).toEqual([`${at('Deployment/web', annotation)} ${message}`]);
});

test.each([
  ['sync-wave', '-5'],
  ['hook', 'PreSync,PostSync'],
  ['hook-delete-policy', 'BeforeHookCreation'],
  ['sync-options', 'Prune=confirm,Delete=confirm'],
])('accepts %s: %s', (annotation, value) => {
  expect(annotated('Deployment/web', annotation, value)).toEqual([]);
});

test.each([
  ['sync-wave', '1', 'is 1, beside Canary/model in wave 0'],
  ['hook', 'PostSync', 'is PostSync beside Canary/model'],
  ['sync-options', 'PruneLast=true', 'is PruneLast=true beside Canary/model'],
])('fails in an app with a Canary for %s: %s', (annotation, value, message) => {
  expect(annotated('PodDisruptionBudget/model', annotation, value)).toEqual([`${at('PodDisruptionBudget/model', annotation)} ${message}`]);
});

test('accepts one wave for the whole app, and hooks before the sync', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('PodDisruptionBudget/model').metadata.annotations = { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/sync-wave': '0' };
    }),
  ).toEqual([]);
});
