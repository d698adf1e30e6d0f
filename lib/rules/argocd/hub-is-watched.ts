import { alertsCallForAction } from '../observability/alerts-call-for-action';
import { alertsCanFire } from '../observability/alerts-can-fire';
import { queriesMakeSense } from '../promql/queries-make-sense';
import { queriesNameMetrics } from '../promql/queries-name-metrics';
import { queriesParse } from '../promql/queries-parse';
import type { FleetRule } from '../rule';

/** What holds for alerts and dashboards of targets, and for those about Argo CD too. */
const OF_TARGETS = [alertsCallForAction, queriesParse, queriesNameMetrics, queriesMakeSense, alertsCanFire];

export const hubIsWatched: FleetRule = {
  id: 'hub-is-watched',
  title: 'Alerts and dashboards about Argo CD keep what those of targets keep: they parse, name what is exported, and call for action.',
  why: 'No target has them, so that no rule about targets sees them: an alert about a state that Argo CD does not know never fires, and a region falls behind unseen.',
  fix: 'Correct lib/gitops/argocd-alerts.ts or the dashboard beside it.',
  *checkFleet({ hub }) {
    for (const rule of OF_TARGETS) yield* rule.check(hub);
  },
};
