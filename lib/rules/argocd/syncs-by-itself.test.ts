import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const policy = (change: (policy: Draft) => void) =>
  fleetProblems('syncs-by-itself', ({ get }) => change(get('Application/kong-prod-us-west-2').spec.syncPolicy));
const AT = 'Application/kong-prod-us-west-2: /spec/syncPolicy';

test('fails without automation', () => {
  expect(policy((it) => void delete it.automated)).toEqual([
    `${AT}/automated/prune is not true: what leaves Git stays in the cluster`,
    `${AT}/automated/selfHeal is not true: what somebody changes by hand stays changed`,
  ]);
  expect(policy((it) => Object.assign(it.automated, { enabled: false, allowEmpty: true }))).toEqual([
    `${AT}/automated/allowEmpty is true: an empty folder would remove everything`,
    `${AT}/automated/enabled is false`,
  ]);
});

test('fails for a retry that never comes', () => {
  expect(policy((it) => void delete it.retry)).toEqual([`${AT}/retry/limit is missing: a sync that fails would not be tried again`]);
  expect(policy(({ retry }) => Object.assign(retry.backoff, { duration: '5 seconds', maxDuration: '1d' }))).toEqual([
    `${AT}/retry/backoff/duration is "5 seconds", no duration such as 5s or 3m`,
    `${AT}/retry/backoff/maxDuration is "1d", no duration such as 5s or 3m`,
  ]);
});

test.each(['ServerSideAply=true', 'Prune=maybe', 'CreateNamespace'])('fails for the option %s', (option) => {
  expect(policy(({ syncOptions }) => void syncOptions.push(option))).toEqual([
    `${AT}/syncOptions/4 is "${option}", which Argo CD does not know`,
  ]);
});

test('fails for options that are missing, and for one that replaces', () => {
  expect(
    policy((it) => {
      it.syncOptions = ['ServerSideApply=true', 'Replace=true'];
    }),
  ).toEqual([
    `${AT}/syncOptions/1 is "Replace=true", which deletes what Flagger and autoscalers own`,
    `${AT}/syncOptions lack "RespectIgnoreDifferences=true"`,
    `${AT}/syncOptions lack "FailOnSharedResource=true"`,
  ]);
});

test('accepts a retry without end, and every other known option', () => {
  expect(
    policy(({ retry, syncOptions }) => {
      retry.limit = -1;
      retry.backoff.duration = '90';
      syncOptions.push('PrunePropagationPolicy=foreground', 'Prune=confirm', 'ApplyOutOfSyncOnly=true');
    }),
  ).toEqual([]);
});

test('fails for an Application that does nothing, or that looks away', () => {
  const annotated = (annotations: object) =>
    fleetProblems('syncs-by-itself', ({ get }) => Object.assign(get('Application/kong-prod-us-west-2').metadata, { annotations }));
  const at = 'Application/kong-prod-us-west-2: /metadata/annotations/argocd.argoproj.io';

  expect(annotated({ 'argocd.argoproj.io/skip-reconcile': 'true' })).toEqual([
    `${at}~1skip-reconcile is "true": Argo CD would do nothing for the Application`,
  ]);
  expect(annotated({ 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' })).toEqual([
    `${at}~1compare-options leaves out what Git no longer holds: it would stay in the cluster`,
  ]);
});

test('fails for an Application that forgets what it deployed', () => {
  const keeps = (history: unknown) =>
    fleetProblems('syncs-by-itself', ({ get }) =>
      Object.assign(get('Application/kong-prod-us-west-2').spec, { revisionHistoryLimit: history }),
    );

  expect([...keeps(1), ...keeps(undefined)]).toEqual([]);
  expect(keeps(0)).toEqual([
    'Application/kong-prod-us-west-2: /spec/revisionHistoryLimit is 0: nobody could tell what ran before, or go back to it',
  ]);
});
