import { problemAt } from '../delivered';
import { record } from '../fields';
import type { FleetRule } from '../rule';

/** Go's durations, and a bare number of seconds, which Argo CD takes as well. */
const DURATION = /^(\d+|(?=\d)(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?)$/;

/** Options of an Application, with the values that Argo CD knows. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  ApplyOutOfSyncOnly: /^(true|false)$/,
  ClientSideApplyMigration: /^(true|false)$/,
  CreateNamespace: /^(true|false)$/,
  Delete: /^(true|false|confirm)$/,
  FailOnSharedResource: /^(true|false)$/,
  Prune: /^(true|false|confirm)$/,
  PruneLast: /^(true|false)$/,
  PrunePropagationPolicy: /^(background|foreground|orphan)$/,
  Replace: /^(true|false)$/,
  RespectIgnoreDifferences: /^(true|false)$/,
  ServerSideApply: /^(true|false)$/,
  SkipDryRunOnMissingResource: /^(true|false)$/,
  Validate: /^(true|false)$/,
};

/** Without these, replicas are reset, a large kind cannot be applied, and two Applications undo each other. */
const NEEDED = ['ServerSideApply=true', 'RespectIgnoreDifferences=true', 'FailOnSharedResource=true'];

/** Deleting and making anew takes what Flagger and autoscalers wrote along. */
const FORBIDDEN = ['Replace=true', 'Force=true'];

export const syncsByItself: FleetRule = {
  id: 'syncs-by-itself',
  title:
    'Every Application syncs, prunes and heals by itself, tries again after a failure, remembers what it deployed, and has options that Argo CD knows.',
  why: 'Argo CD does not retry a failed sync of the same commit unless it is told to, ignores an option that is misspelt, and without automation a merged change deploys nothing.',
  fix: 'Use syncPolicy() of lib/gitops/application.ts for every Application.',
  *checkFleet({ applications }) {
    for (const delivered of applications) {
      const { automated, retry, syncOptions } = record(record(delivered.application.spec).syncPolicy);
      const say = (field: string, message: string) => problemAt(delivered, `/spec/syncPolicy${field}`, message);
      const annotations = record(delivered.application.metadata.annotations);
      if (annotations['argocd.argoproj.io/skip-reconcile'] === 'true')
        yield problemAt(
          delivered,
          '/metadata/annotations/argocd.argoproj.io~1skip-reconcile',
          'is "true": Argo CD would do nothing for the Application',
        );
      if (String(annotations['argocd.argoproj.io/compare-options']).includes('IgnoreExtraneous'))
        yield problemAt(
          delivered,
          '/metadata/annotations/argocd.argoproj.io~1compare-options',
          'leaves out what Git no longer holds: it would stay in the cluster',
        );
      const { prune, selfHeal, allowEmpty, enabled } = record(automated);
      if (prune !== true) yield say('/automated/prune', 'is not true: what leaves Git stays in the cluster');
      if (selfHeal !== true) yield say('/automated/selfHeal', 'is not true: what somebody changes by hand stays changed');
      if (allowEmpty === true) yield say('/automated/allowEmpty', 'is true: an empty folder would remove everything');
      if (enabled === false) yield say('/automated/enabled', 'is false');

      const history = record(delivered.application.spec).revisionHistoryLimit;
      if (history !== undefined && !(Number.isInteger(history) && history > 0))
        yield problemAt(
          delivered,
          '/spec/revisionHistoryLimit',
          `is ${JSON.stringify(history)}: nobody could tell what ran before, or go back to it`,
        );

      const { limit, backoff } = record(retry);
      if (!Number.isInteger(limit) || limit < -1 || limit === 0)
        yield say('/retry/limit', `is ${JSON.stringify(limit) ?? 'missing'}: a sync that fails would not be tried again`);
      for (const name of ['duration', 'maxDuration']) {
        const value = record(backoff)[name];
        if (value !== undefined && !(typeof value === 'string' && DURATION.test(value))) {
          yield say(`/retry/backoff/${name}`, `is ${JSON.stringify(value)}, no duration such as 5s or 3m`);
        }
      }
      const options = (Array.isArray(syncOptions) ? syncOptions : []).map(String);
      for (const [i, option] of options.entries()) {
        const [name = '', value = ''] = option.split('=');
        if (FORBIDDEN.includes(option)) yield say(`/syncOptions/${i}`, `is "${option}", which deletes what Flagger and autoscalers own`);
        else if (!Object.hasOwn(OPTIONS, name) || !OPTIONS[name]?.test(value))
          yield say(`/syncOptions/${i}`, `is "${option}", which Argo CD does not know`);
      }
      for (const option of NEEDED) if (!options.includes(option)) yield say('/syncOptions', `lack "${option}"`);
    }
  },
};
