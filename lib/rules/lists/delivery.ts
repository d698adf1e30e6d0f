import { addonValuesKnown } from '../argocd/addon-values-known';
import { addonsAreConfigured } from '../argocd/addons-are-configured';
import { addonsMayRun } from '../argocd/addons-may-run';
import { addonsOutlastDrains } from '../argocd/addons-outlast-drains';
import { addonsServeApps } from '../argocd/addons-serve-apps';
import { applicationsNamed } from '../argocd/applications-named';
import { canaryAppsSyncAtOnce } from '../argocd/canary-apps-sync-at-once';
import { chartsAgree } from '../argocd/charts-agree';
import { deliveryHoldsNoSecrets } from '../argocd/delivery-holds-no-secrets';
import { deliveryObjectsUnique } from '../argocd/delivery-objects-unique';
import { destinationsKnown } from '../argocd/destinations-known';
import { foldersAreDelivered } from '../argocd/folders-are-delivered';
import { freezesAgree } from '../argocd/freezes-agree';
import { generatorsComplete } from '../argocd/generators-complete';
import { hubIsApart } from '../argocd/hub-is-apart';
import { hubIsShut } from '../argocd/hub-is-shut';
import { hubIsWatched } from '../argocd/hub-is-watched';
import { hubKnowsCanaries } from '../argocd/hub-knows-canaries';
import { hubSettingsWork } from '../argocd/hub-settings-work';
import { kindsAreInstalled } from '../argocd/kinds-are-installed';
import { notificationsResolve } from '../argocd/notifications-resolve';
import { projectsNarrow } from '../argocd/projects-narrow';
import { projectsPermitApplications } from '../argocd/projects-permit-applications';
import { projectsPermitObjects } from '../argocd/projects-permit-objects';
import { recommendationsOnly } from '../argocd/recommendations-only';
import { removalIsDeliberate } from '../argocd/removal-is-deliberate';
import { rollingSyncComplete } from '../argocd/rolling-sync-complete';
import { scaledReplicasIgnored } from '../argocd/scaled-replicas-ignored';
import { sourcesReadable } from '../argocd/sources-readable';
import { syncWindowsReadable } from '../argocd/sync-windows-readable';
import { syncsByItself } from '../argocd/syncs-by-itself';
import type { FleetRule } from '../rule';

/** Rules about what delivers the targets. */
export const delivery: readonly FleetRule[] = [
  // What an Application is.
  deliveryObjectsUnique,
  generatorsComplete,
  applicationsNamed,

  // What it names.
  sourcesReadable,
  foldersAreDelivered,
  destinationsKnown,
  projectsPermitApplications,
  projectsPermitObjects,
  projectsNarrow,
  kindsAreInstalled,
  notificationsResolve,

  syncsByItself,
  scaledReplicasIgnored,
  canaryAppsSyncAtOnce,
  rollingSyncComplete,
  removalIsDeliberate,
  syncWindowsReadable,
  freezesAgree,

  chartsAgree,
  addonsMayRun,
  addonsServeApps,
  addonsOutlastDrains,
  addonValuesKnown,
  addonsAreConfigured,
  recommendationsOnly,
  hubKnowsCanaries,
  hubSettingsWork,
  hubIsApart,
  hubIsShut,
  hubIsWatched,
  deliveryHoldsNoSecrets,
];
