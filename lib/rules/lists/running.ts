import { archivesAreApart } from '../data/archives-are-apart';
import { backupsStayInRegion } from '../data/backups-stay-in-region';
import { dataIsBackedUp } from '../data/data-is-backed-up';
import { dataSurvives } from '../data/data-survives';
import { volumesCanBeMade } from '../data/volumes-can-be-made';
import { volumesFitDrivers } from '../data/volumes-fit-drivers';
import { alertsCallForAction } from '../observability/alerts-call-for-action';
import { alertsCanFire } from '../observability/alerts-can-fire';
import { alertsReachSomebody } from '../observability/alerts-reach-somebody';
import { alertsSayWhere } from '../observability/alerts-say-where';
import { collectorsAreWired } from '../observability/collectors-are-wired';
import { dashboardsAreRead } from '../observability/dashboards-are-read';
import { dashboardsResolve } from '../observability/dashboards-resolve';
import { pagesAreTold } from '../observability/pages-are-told';
import { prometheusReadsAll } from '../observability/prometheus-reads-all';
import { scrapesKeepMetrics } from '../observability/scrapes-keep-metrics';
import { claimsFitReplicas } from '../pods/claims-fit-replicas';
import { foldersAreWritable } from '../pods/folders-are-writable';
import { rollsWithoutGap } from '../pods/rolls-without-gap';
import { queriesFitNames } from '../promql/queries-fit-names';
import { queriesKeepUnits } from '../promql/queries-keep-units';
import { queriesMakeSense } from '../promql/queries-make-sense';
import { queriesNameMetrics } from '../promql/queries-name-metrics';
import { queriesNameObjects } from '../promql/queries-name-objects';
import { callersReach } from '../references/callers-reach';
import { outsideIsReached } from '../references/outside-is-reached';
import type { Rule } from '../rule';
import { defaultDeny } from '../security/default-deny';
import { policiesAreNarrow } from '../security/policies-are-narrow';
import { alertsWatchModels } from '../serving/alerts-watch-models';
import { engineFitsGpus } from '../serving/engine-fits-gpus';
import { enginesAreConfigured } from '../serving/engines-are-configured';
import { modelStoresAnswer } from '../serving/model-stores-answer';
import { modelsAreFetched } from '../serving/models-are-fetched';
import { modelsAreServed } from '../serving/models-are-served';
import { modelsComeFromRegion } from '../serving/models-come-from-region';
import { modelsFitMemory } from '../serving/models-fit-memory';
import { modelsFitRuntimes } from '../serving/models-fit-runtimes';
import { pathsFitModels } from '../serving/paths-fit-models';
import { storesHoldModels } from '../serving/stores-hold-models';
import { checksSeeScrapes } from '../time/checks-see-scrapes';
import { graceCoversDrain } from '../time/grace-covers-drain';
import { hooksEndInTime } from '../time/hooks-end-in-time';
import { retriesBounded } from '../time/retries-bounded';
import { scalingOutlastsStarts } from '../time/scaling-outlasts-starts';
import { scriptsHandOver } from '../time/scripts-hand-over';
import { startsFitDeadlines } from '../time/starts-fit-deadlines';
import { timeoutsNest } from '../time/timeouts-nest';
import { waitsFitDeadlines } from '../time/waits-fit-deadlines';

/** Rules about what happens while it runs: who reaches whom, in which time, with which models, and who hears of it. */
export const running: readonly Rule[] = [
  defaultDeny,
  policiesAreNarrow,
  callersReach,
  outsideIsReached,

  startsFitDeadlines,
  waitsFitDeadlines,
  graceCoversDrain,
  scriptsHandOver,
  timeoutsNest,
  retriesBounded,
  checksSeeScrapes,
  hooksEndInTime,
  scalingOutlastsStarts,

  modelsAreServed,
  alertsWatchModels,
  modelsAreFetched,
  storesHoldModels,
  engineFitsGpus,
  enginesAreConfigured,
  modelsFitRuntimes,
  pathsFitModels,
  modelsComeFromRegion,
  modelStoresAnswer,
  modelsFitMemory,

  rollsWithoutGap,
  claimsFitReplicas,
  foldersAreWritable,
  volumesFitDrivers,
  volumesCanBeMade,
  dataSurvives,
  dataIsBackedUp,
  backupsStayInRegion,
  archivesAreApart,

  alertsCallForAction,
  alertsReachSomebody,
  pagesAreTold,
  alertsSayWhere,
  prometheusReadsAll,
  dashboardsResolve,
  dashboardsAreRead,
  collectorsAreWired,
  scrapesKeepMetrics,
  queriesNameMetrics,
  queriesNameObjects,
  queriesMakeSense,
  queriesKeepUnits,
  queriesFitNames,
  alertsCanFire,
];
