import type { ApplicationSpecSyncPolicy } from '../../imports/argoproj.io';

/** Namespace of Argo CD, and so of every object that configures it. */
export const ARGOCD_NAMESPACE = 'argocd';

/** Label that holds the place of an Application's region in the order of its environment. */
export const RING_LABEL = 'slipway.dev/ring';

/** Labels of every generated Application: what notifications, rolling syncs and people select by. */
export const applicationLabels = (values: {
  readonly environment: string;
  readonly region: string;
  readonly app: string;
  readonly ring: string;
}): Record<string, string> => ({
  'slipway.dev/environment': values.environment,
  'slipway.dev/region': values.region,
  'slipway.dev/app': values.app,
  [RING_LABEL]: values.ring,
});

/**
 * Annotations of every generated Application. Without the first, each commit renders every Application anew; with the
 * second, the API server's own defaulting decides what differs.
 */
export const applicationAnnotations: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/manifest-generate-paths': '.',
  'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
};

/** Name of an app's Application: short enough for the labels that repeat it. */
export function applicationName(app: string, environment: string, region: string): string {
  const name = `${app}-${environment}-${region}`;
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new RangeError(
      `Cannot deliver "${name}" as an Application: its app, environment and region together are at most 61 characters, lower case letters, digits and dashes`,
    );
  }
  return name;
}

/** When a sync removes what Git no longer holds: `last` waits for the health of all that remains. */
export type Pruning = 'last' | 'at-once';

/**
 * The sync policy of every Application, in one place so that none lacks a part of it.
 *
 * There is no `CreateNamespace`: each namespace is an object of the foundation, with its Pod Security level. An app that
 * comes before its namespace tries again.
 */
export function syncPolicy(pruning: Pruning): ApplicationSpecSyncPolicy {
  return {
    automated: { prune: true, selfHeal: true, allowEmpty: false },
    retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' }, refresh: true },
    syncOptions: [
      'ServerSideApply=true',
      'RespectIgnoreDifferences=true',
      'PrunePropagationPolicy=foreground',
      'FailOnSharedResource=true',
      ...(pruning === 'last' ? ['PruneLast=true'] : []),
    ],
  };
}

/** Deleting an Application with this finalizer deletes what it deployed. */
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** A person confirms before Argo CD removes the object. */
export const confirmRemoval: Readonly<Record<string, string>> = { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' };
