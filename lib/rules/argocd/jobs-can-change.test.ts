import { problems } from '../testing/problems';

const job = (name: string, annotations: object = {}) =>
  problems('jobs-can-change', ({ add }) =>
    add({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'app', annotations }, spec: { template: { spec: {} } } }),
  );

test('fails for a Job of a fixed name that is no hook', () => {
  expect(job('migrate')).toEqual([
    'Job/migrate: /metadata/name is "migrate" whatever the Job runs, and the Job is no hook: Argo CD could not change it',
  ]);
});

test('accepts hooks, replaced Jobs, and names that follow what the Job runs', () => {
  expect(job('migrate', { 'argocd.argoproj.io/hook': 'PreSync' })).toEqual([]);
  expect(job('migrate', { 'argocd.argoproj.io/sync-options': 'Replace=true' })).toEqual([]);
  expect(job('fetch-1b684ced')).toEqual([]);
});

test.each(['HookSucceeded', 'HookFailed'])('fails for a hook that stays unless %s', (policy) => {
  expect(job('migrate', { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': policy })).toEqual([
    `Job/migrate: /metadata/annotations/argocd.argoproj.io~1hook-delete-policy is ${policy}: a Job that ended otherwise would stay, and the next sync could not change it`,
  ]);
});

test('takes annotations that are no texts, as a tree from disk may hold', () => {
  const annotations = {
    'argocd.argoproj.io/hook': 'Sync',
    'argocd.argoproj.io/sync-options': 1,
    'argocd.argoproj.io/hook-delete-policy': 0,
  };

  expect(job('migrate', annotations as unknown as Record<string, string>)).toEqual([expect.stringContaining('hook-delete-policy is 0')]);
});

test('accepts a hook that is deleted before the next one', () => {
  const policy = 'BeforeHookCreation,HookSucceeded';

  expect(job('migrate', { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': policy })).toEqual([]);
});

const hook = (ttlSecondsAfterFinished: number) =>
  problems('jobs-can-change', ({ add }) =>
    add({
      ...{ apiVersion: 'batch/v1', kind: 'Job' },
      metadata: { name: 'migrate', namespace: 'app', annotations: { 'argocd.argoproj.io/hook': 'Sync' } },
      spec: { ttlSecondsAfterFinished, template: { spec: {} } },
    }),
  );

test('fails for a hook that is gone before Argo CD has seen its end', () => {
  expect(hook(3600)).toEqual([]);
  expect(hook(0)).toEqual([
    'Job/migrate: /spec/ttlSecondsAfterFinished is 0: the Job may be gone before Argo CD has seen that it is done, and the sync would wait for ever',
  ]);
});

test('fails for a Job that is gone when it is done', () => {
  const found = problems('jobs-can-change', ({ add }) =>
    add({
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fetch-1b684ced', namespace: 'app' } },
      spec: { ttlSecondsAfterFinished: 60, template: { spec: {} } },
    }),
  );

  expect(found).toEqual([
    'Job/fetch-1b684ced: /spec/ttlSecondsAfterFinished is 60: after that time the Job is deleted, and Argo CD would create and run it again',
  ]);
});
