import { problemAt } from '../delivered';
import { record } from '../fields';
import type { FleetRule } from '../rule';

export const canaryAppsSyncAtOnce: FleetRule = {
  id: 'canary-apps-sync-at-once',
  title: 'An Application whose app holds a Canary does not wait for health before it prunes.',
  why: 'PruneLast waits until the Canary is healthy, so that the sync runs as long as the analysis: no newer commit is applied meanwhile, and a failed analysis fails the sync.',
  fix: "Use syncPolicy('at-once') of lib/gitops/application.ts for the inference class; what must be pruned last belongs to another app.",
  *checkFleet(fleet) {
    for (const delivered of fleet.applications) {
      const { syncOptions } = record(record(delivered.application.spec).syncPolicy);
      const i = Array.isArray(syncOptions) ? syncOptions.indexOf('PruneLast=true') : -1;
      const canary = i < 0 ? undefined : fleet.appOf(delivered)?.objects.find(({ kind }) => kind === 'Canary');
      if (canary === undefined) continue;
      yield problemAt(
        delivered,
        `/spec/syncPolicy/syncOptions/${i}`,
        `is PruneLast=true, though the app holds Canary/${canary.metadata.name}`,
      );
    }
  },
};
