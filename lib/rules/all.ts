import { addonValuesKnown } from './argocd/addon-values-known';
import { addonsAreConfigured } from './argocd/addons-are-configured';
import { addonsMayRun } from './argocd/addons-may-run';
import { addonsOutlastDrains } from './argocd/addons-outlast-drains';
import { addonsServeApps } from './argocd/addons-serve-apps';
import { applicationsNamed } from './argocd/applications-named';
import { appsFitArgocd } from './argocd/apps-fit-argocd';
import { canaryAppsSyncAtOnce } from './argocd/canary-apps-sync-at-once';
import { chartsAgree } from './argocd/charts-agree';
import { customResourcesWait } from './argocd/custom-resources-wait';
import { deliveryHoldsNoSecrets } from './argocd/delivery-holds-no-secrets';
import { deliveryObjectsUnique } from './argocd/delivery-objects-unique';
import { destinationsKnown } from './argocd/destinations-known';
import { foldersAreDelivered } from './argocd/folders-are-delivered';
import { freezesAgree } from './argocd/freezes-agree';
import { generatorsComplete } from './argocd/generators-complete';
import { hubIsApart } from './argocd/hub-is-apart';
import { hubIsShut } from './argocd/hub-is-shut';
import { hubIsWatched } from './argocd/hub-is-watched';
import { hubKnowsCanaries } from './argocd/hub-knows-canaries';
import { hubSettingsWork } from './argocd/hub-settings-work';
import { jobsCanChange } from './argocd/jobs-can-change';
import { kindsAreInstalled } from './argocd/kinds-are-installed';
import { notificationsResolve } from './argocd/notifications-resolve';
import { projectsNarrow } from './argocd/projects-narrow';
import { projectsPermitApplications } from './argocd/projects-permit-applications';
import { projectsPermitObjects } from './argocd/projects-permit-objects';
import { recommendationsOnly } from './argocd/recommendations-only';
import { removalIsDeliberate } from './argocd/removal-is-deliberate';
import { rollingSyncComplete } from './argocd/rolling-sync-complete';
import { scaledReplicasIgnored } from './argocd/scaled-replicas-ignored';
import { sourcesReadable } from './argocd/sources-readable';
import { syncAnnotations } from './argocd/sync-annotations';
import { syncWindowsReadable } from './argocd/sync-windows-readable';
import { syncsByItself } from './argocd/syncs-by-itself';
import { budgetsLetDrain } from './capacity/budgets-let-drain';
import { connectionsFit } from './capacity/connections-fit';
import { containersKeepLimits } from './capacity/containers-keep-limits';
import { copiesFitMembers } from './capacity/copies-fit-members';
import { evictionsAreChosen } from './capacity/evictions-are-chosen';
import { gpusFitPool } from './capacity/gpus-fit-pool';
import { memoryHoldsSettings } from './capacity/memory-holds-settings';
import { memoryHoldsVolumes } from './capacity/memory-holds-volumes';
import { namespacesAreLimited } from './capacity/namespaces-are-limited';
import { objectsFitApi } from './capacity/objects-fit-api';
import { podsFitNodes } from './capacity/pods-fit-nodes';
import { quotasHold } from './capacity/quotas-hold';
import { recommendationsFit } from './capacity/recommendations-fit';
import { spreadIsPossible } from './capacity/spread-is-possible';
import { archivesAreApart } from './data/archives-are-apart';
import { backupsStayInRegion } from './data/backups-stay-in-region';
import { dataIsBackedUp } from './data/data-is-backed-up';
import { dataSurvives } from './data/data-survives';
import { databasesAreConfigured } from './data/databases-are-configured';
import { passwordsAreRenewed } from './data/passwords-are-renewed';
import { redisPodsAgree } from './data/redis-pods-agree';
import { replicaSetsAgree } from './data/replica-sets-agree';
import { rolesAgree } from './data/roles-agree';
import { volumesCanBeMade } from './data/volumes-can-be-made';
import { volumesFitDrivers } from './data/volumes-fit-drivers';
import { validExceptions } from './exceptions';
import { alertsAreSent } from './flagger/alerts-are-sent';
import { analysisDecides } from './flagger/analysis-decides';
import { analysisJudgesCanary } from './flagger/analysis-judges-canary';
import { analysisMetricsFit } from './flagger/analysis-metrics-fit';
import { analysisSendsLoad } from './flagger/analysis-sends-load';
import { autoscalerFits } from './flagger/autoscaler-fits';
import { canaryIsAnalysed } from './flagger/canary-is-analysed';
import { hooksFindTester } from './flagger/hooks-find-tester';
import { providerFits } from './flagger/provider-fits';
import { releaseMarkerMatches } from './flagger/release-marker-matches';
import { releaseServiceFits } from './flagger/release-service-fits';
import { trafficStepsFit } from './flagger/traffic-steps-fit';
import { certificatesAreTrusted } from './gateway/certificates-are-trusted';
import { consumersAreKnown } from './gateway/consumers-are-known';
import { pluginsAreConfigured } from './gateway/plugins-are-configured';
import { pluginsTakeEffect } from './gateway/plugins-take-effect';
import { protocolsAgree } from './gateway/protocols-agree';
import { routesAreValid } from './gateway/routes-are-valid';
import { tokensAreAsked } from './gateway/tokens-are-asked';
import { apisAreServed } from './kubernetes/apis-are-served';
import { choicesAreKnown } from './kubernetes/choices-are-known';
import { fieldsAreKnown } from './kubernetes/fields-are-known';
import { namesFit } from './kubernetes/names-fit';
import { podsAreValid } from './kubernetes/pods-are-valid';
import { prioritiesAreChosen } from './kubernetes/priorities-are-chosen';
import { quantitiesParse } from './kubernetes/quantities-parse';
import { servicesAreValid } from './kubernetes/services-are-valid';
import { workloadsAreValid } from './kubernetes/workloads-are-valid';
import { regionsAgree } from './likeness/regions-agree';
import { namespacesResolve } from './objects/namespaces-resolve';
import { uniqueObjects } from './objects/unique-objects';
import { alertsCallForAction } from './observability/alerts-call-for-action';
import { alertsCanFire } from './observability/alerts-can-fire';
import { alertsReachSomebody } from './observability/alerts-reach-somebody';
import { alertsSayWhere } from './observability/alerts-say-where';
import { collectorsAreWired } from './observability/collectors-are-wired';
import { dashboardsAreRead } from './observability/dashboards-are-read';
import { dashboardsResolve } from './observability/dashboards-resolve';
import { pagesAreTold } from './observability/pages-are-told';
import { prometheusReadsAll } from './observability/prometheus-reads-all';
import { scrapesKeepMetrics } from './observability/scrapes-keep-metrics';
import { wavesFollowNeeds } from './order/waves-follow-needs';
import { claimsFitReplicas } from './pods/claims-fit-replicas';
import { configurationReachesPods } from './pods/configuration-reaches-pods';
import { foldersAreWritable } from './pods/folders-are-writable';
import { imagesCanBePulled } from './pods/images-can-be-pulled';
import { imagesPinned } from './pods/images-pinned';
import { probesAskWhatAnswers } from './pods/probes-ask-what-answers';
import { probesMakeSense } from './pods/probes-make-sense';
import { probesPresent } from './pods/probes-present';
import { requestsAndLimits } from './pods/requests-and-limits';
import { rollsWithoutGap } from './pods/rolls-without-gap';
import { limitsFitQueries } from './promql/limits-fit-queries';
import { queriesFitNames } from './promql/queries-fit-names';
import { queriesKeepUnits } from './promql/queries-keep-units';
import { queriesMakeSense } from './promql/queries-make-sense';
import { queriesNameMetrics } from './promql/queries-name-metrics';
import { queriesNameObjects } from './promql/queries-name-objects';
import { queriesParse } from './promql/queries-parse';
import { readableFiles } from './readable-files';
import { accountsResolve } from './references/accounts-resolve';
import { backendsResolve } from './references/backends-resolve';
import { callersReach } from './references/callers-reach';
import { canariesResolve } from './references/canaries-resolve';
import { certificatesCanBeIssued } from './references/certificates-can-be-issued';
import { certificatesCoverHosts } from './references/certificates-cover-hosts';
import { cloudsMatch } from './references/clouds-match';
import { configMapsResolve } from './references/config-maps-resolve';
import { copiesResolve } from './references/copies-resolve';
import { hostsResolve } from './references/hosts-resolve';
import { identitiesAreGiven } from './references/identities-are-given';
import { mountedFilesResolve } from './references/mounted-files-resolve';
import { outsideIsReached } from './references/outside-is-reached';
import { passwordsAgree } from './references/passwords-agree';
import { platformResolves } from './references/platform-resolves';
import { pluginsResolve } from './references/plugins-resolve';
import { policyPortsResolve } from './references/policy-ports-resolve';
import { portsResolve } from './references/ports-resolve';
import { routesAttach } from './references/routes-attach';
import { scaleTargetsResolve } from './references/scale-targets-resolve';
import { scaledPodsAreScraped } from './references/scaled-pods-are-scraped';
import { schedulersResolve } from './references/schedulers-resolve';
import { secretsAreRead } from './references/secrets-are-read';
import { secretsFitStore } from './references/secrets-fit-store';
import { secretsResolve } from './references/secrets-resolve';
import { storageResolves } from './references/storage-resolves';
import { templatesResolve } from './references/templates-resolve';
import { flaggerOwns } from './release/flagger-owns';
import { oneScalerPerWorkload } from './release/one-scaler-per-workload';
import { releaseCanRoll } from './release/release-can-roll';
import { releaseNamesFit } from './release/release-names-fit';
import { releaseTracksConfig } from './release/release-tracks-config';
import { callsStayInRegion } from './residency/calls-stay-in-region';
import { chatDataStaysInTheEu } from './residency/chat-data-stays-in-the-eu';
import { answersAreStreamed } from './routing/answers-are-streamed';
import { baseUrlsFitServers } from './routing/base-urls-fit-servers';
import { gatewaysAreGuarded } from './routing/gateways-are-guarded';
import { hostsAreEncrypted } from './routing/hosts-are-encrypted';
import { hostsAreUnique } from './routing/hosts-are-unique';
import { recordsChooseRegion } from './routing/records-choose-region';
import { routesSayWhatKongDoes } from './routing/routes-say-what-kong-does';
import { trafficIsWeighted } from './routing/traffic-is-weighted';
import { weightedBackendsAgree } from './routing/weighted-backends-agree';
import { weightsAreKept } from './routing/weights-are-kept';
import type { FleetRule, Rule, RuleText } from './rule';
import { defaultDeny } from './security/default-deny';
import { doorsStayShut } from './security/doors-stay-shut';
import { imagesFromKnownSources } from './security/images-from-known-sources';
import { membersAreProbed } from './security/members-are-probed';
import { meshesAreClosed } from './security/meshes-are-closed';
import { namespacesEnforce } from './security/namespaces-enforce';
import { noSecretObjects } from './security/no-secret-objects';
import { noSecretValues } from './security/no-secret-values';
import { noServiceLinks } from './security/no-service-links';
import { noTokenMounted } from './security/no-token-mounted';
import { policiesAdmitPods } from './security/policies-admit-pods';
import { policiesAreNarrow } from './security/policies-are-narrow';
import { readOnlyRoot } from './security/read-only-root';
import { restrictedPods } from './security/restricted-pods';
import { rightsAreEnough } from './security/rights-are-enough';
import { rolesAreNarrow } from './security/roles-are-narrow';
import { servicesStayInside } from './security/services-stay-inside';
import { selectorIsOneLabel } from './selectors/selector-is-one-label';
import { selectorsCoverReleases } from './selectors/selectors-cover-releases';
import { selectorsMatch } from './selectors/selectors-match';
import { spreadMatches } from './selectors/spread-matches';
import { stableLabelsWritten } from './selectors/stable-labels-written';
import { templatesMatchSelectors } from './selectors/templates-match-selectors';
import { alertsWatchModels } from './serving/alerts-watch-models';
import { engineFitsGpus } from './serving/engine-fits-gpus';
import { enginesAreConfigured } from './serving/engines-are-configured';
import { modelStoresAnswer } from './serving/model-stores-answer';
import { modelsAreFetched } from './serving/models-are-fetched';
import { modelsAreServed } from './serving/models-are-served';
import { modelsComeFromRegion } from './serving/models-come-from-region';
import { modelsFitMemory } from './serving/models-fit-memory';
import { modelsFitRuntimes } from './serving/models-fit-runtimes';
import { pathsFitModels } from './serving/paths-fit-models';
import { storesHoldModels } from './serving/stores-hold-models';
import { cachesAreConfigured } from './settings/caches-are-configured';
import { databasesResolve } from './settings/databases-resolve';
import { filesKeepSettings } from './settings/files-keep-settings';
import { filesListen } from './settings/files-listen';
import { hostPortsResolve } from './settings/host-ports-resolve';
import { ownPortsResolve } from './settings/own-ports-resolve';
import { programsKeepSettings } from './settings/programs-keep-settings';
import { publicUrlsLeadBack } from './settings/public-urls-lead-back';
import { replicasShareState } from './settings/replicas-share-state';
import { scalerMetricsServed } from './settings/scaler-metrics-served';
import { scalersCanDecide } from './settings/scalers-can-decide';
import { serversListen } from './settings/servers-listen';
import { urlsFitClients } from './settings/urls-fit-clients';
import { variablesResolve } from './settings/variables-resolve';
import { checksSeeScrapes } from './time/checks-see-scrapes';
import { graceCoversDrain } from './time/grace-covers-drain';
import { hooksEndInTime } from './time/hooks-end-in-time';
import { retriesBounded } from './time/retries-bounded';
import { scalingOutlastsStarts } from './time/scaling-outlasts-starts';
import { scriptsHandOver } from './time/scripts-hand-over';
import { startsFitDeadlines } from './time/starts-fit-deadlines';
import { timeoutsNest } from './time/timeouts-nest';
import { waitsFitDeadlines } from './time/waits-fit-deadlines';

/**
 * Every rule about a target, in the order of the report. What makes other rules fail comes first: what an object is, what its own
 * fields say, what they name, what they select; then what a controller makes of it.
 */
export const targetRules: readonly Rule[] = [
  // What an object is: where it has no namespace or no kind that is served, others miss it.
  uniqueObjects,
  namespacesResolve,
  apisAreServed,
  namesFit,
  syncAnnotations,

  // What its own fields say.
  workloadsAreValid,
  podsAreValid,
  servicesAreValid,
  quantitiesParse,
  choicesAreKnown,
  prioritiesAreChosen,
  routesAreValid,
  requestsAndLimits,
  imagesPinned,
  imagesFromKnownSources,
  imagesCanBePulled,
  probesPresent,
  probesMakeSense,
  probesAskWhatAnswers,
  serversListen,
  filesListen,
  canaryIsAnalysed,
  queriesParse,

  // What they name.
  configMapsResolve,
  secretsFitStore,
  templatesResolve,
  secretsResolve,
  copiesResolve,
  passwordsAgree,
  variablesResolve,
  urlsFitClients,
  mountedFilesResolve,
  storageResolves,
  accountsResolve,
  platformResolves,
  schedulersResolve,
  cloudsMatch,
  identitiesAreGiven,
  canariesResolve,
  scaleTargetsResolve,
  routesAttach,
  backendsResolve,
  pluginsResolve,
  hostsResolve,
  portsResolve,
  protocolsAgree,
  policyPortsResolve,
  hostPortsResolve,
  ownPortsResolve,

  // What they select.
  templatesMatchSelectors,
  stableLabelsWritten,
  selectorIsOneLabel,
  selectorsMatch,
  selectorsCoverReleases,
  spreadMatches,

  certificatesAreTrusted,
  certificatesCanBeIssued,
  certificatesCoverHosts,
  consumersAreKnown,
  pluginsAreConfigured,
  pluginsTakeEffect,

  replicaSetsAgree,
  rolesAgree,
  redisPodsAgree,
  databasesResolve,
  databasesAreConfigured,
  passwordsAreRenewed,
  cachesAreConfigured,
  replicasShareState,
  publicUrlsLeadBack,
  scalerMetricsServed,
  scaledPodsAreScraped,
  scalersCanDecide,

  oneScalerPerWorkload,
  recommendationsFit,
  flaggerOwns,
  releaseCanRoll,
  releaseTracksConfig,
  releaseNamesFit,

  providerFits,
  autoscalerFits,
  trafficStepsFit,
  releaseServiceFits,
  releaseMarkerMatches,
  analysisDecides,
  limitsFitQueries,
  analysisMetricsFit,
  analysisJudgesCanary,
  analysisSendsLoad,
  hooksFindTester,
  alertsAreSent,

  trafficIsWeighted,
  baseUrlsFitServers,
  weightedBackendsAgree,
  weightsAreKept,
  routesSayWhatKongDoes,
  answersAreStreamed,
  recordsChooseRegion,
  hostsAreUnique,
  hostsAreEncrypted,
  gatewaysAreGuarded,
  tokensAreAsked,

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

  restrictedPods,
  readOnlyRoot,
  noTokenMounted,
  doorsStayShut,
  programsKeepSettings,
  filesKeepSettings,
  noServiceLinks,
  rolesAreNarrow,
  rightsAreEnough,
  namespacesEnforce,
  membersAreProbed,
  meshesAreClosed,
  servicesStayInside,
  noSecretObjects,
  noSecretValues,

  customResourcesWait,
  jobsCanChange,
  wavesFollowNeeds,
  appsFitArgocd,

  podsFitNodes,
  gpusFitPool,
  containersKeepLimits,
  namespacesAreLimited,
  quotasHold,
  budgetsLetDrain,
  evictionsAreChosen,
  spreadIsPossible,
  connectionsFit,
  objectsFitApi,
  memoryHoldsVolumes,
  memoryHoldsSettings,
  copiesFitMembers,

  configurationReachesPods,
  chatDataStaysInTheEu,
  callsStayInRegion,
  policiesAdmitPods,
  secretsAreRead,
];

/** Every rule about what delivers the targets, in the order of the report: here too, causes come before what follows from them. */
export const fleetRules: readonly FleetRule[] = [
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

/** What people read of all rules, in the order of the report. */
export const everyRule: readonly RuleText[] = [readableFiles, fieldsAreKnown, validExceptions, ...targetRules, ...fleetRules, regionsAgree];
