import { recommendationsFit } from '../capacity/recommendations-fit';
import { databasesAreConfigured } from '../data/databases-are-configured';
import { passwordsAreRenewed } from '../data/passwords-are-renewed';
import { redisPodsAgree } from '../data/redis-pods-agree';
import { replicaSetsAgree } from '../data/replica-sets-agree';
import { rolesAgree } from '../data/roles-agree';
import { alertsAreSent } from '../flagger/alerts-are-sent';
import { analysisDecides } from '../flagger/analysis-decides';
import { analysisJudgesCanary } from '../flagger/analysis-judges-canary';
import { analysisMetricsFit } from '../flagger/analysis-metrics-fit';
import { analysisSendsLoad } from '../flagger/analysis-sends-load';
import { autoscalerFits } from '../flagger/autoscaler-fits';
import { hooksFindTester } from '../flagger/hooks-find-tester';
import { providerFits } from '../flagger/provider-fits';
import { releaseMarkerMatches } from '../flagger/release-marker-matches';
import { releaseServiceFits } from '../flagger/release-service-fits';
import { trafficStepsFit } from '../flagger/traffic-steps-fit';
import { certificatesAreTrusted } from '../gateway/certificates-are-trusted';
import { consumersAreKnown } from '../gateway/consumers-are-known';
import { pluginsAreConfigured } from '../gateway/plugins-are-configured';
import { pluginsTakeEffect } from '../gateway/plugins-take-effect';
import { tokensAreAsked } from '../gateway/tokens-are-asked';
import { limitsFitQueries } from '../promql/limits-fit-queries';
import { certificatesCanBeIssued } from '../references/certificates-can-be-issued';
import { certificatesCoverHosts } from '../references/certificates-cover-hosts';
import { scaledPodsAreScraped } from '../references/scaled-pods-are-scraped';
import { flaggerOwns } from '../release/flagger-owns';
import { oneScalerPerWorkload } from '../release/one-scaler-per-workload';
import { releaseCanRoll } from '../release/release-can-roll';
import { releaseNamesFit } from '../release/release-names-fit';
import { releaseTracksConfig } from '../release/release-tracks-config';
import { answersAreStreamed } from '../routing/answers-are-streamed';
import { baseUrlsFitServers } from '../routing/base-urls-fit-servers';
import { gatewaysAreGuarded } from '../routing/gateways-are-guarded';
import { hostsAreEncrypted } from '../routing/hosts-are-encrypted';
import { hostsAreUnique } from '../routing/hosts-are-unique';
import { recordsChooseRegion } from '../routing/records-choose-region';
import { routesSayWhatKongDoes } from '../routing/routes-say-what-kong-does';
import { trafficIsWeighted } from '../routing/traffic-is-weighted';
import { weightedBackendsAgree } from '../routing/weighted-backends-agree';
import { weightsAreKept } from '../routing/weights-are-kept';
import type { Rule } from '../rule';
import { cachesAreConfigured } from '../settings/caches-are-configured';
import { databasesResolve } from '../settings/databases-resolve';
import { publicUrlsLeadBack } from '../settings/public-urls-lead-back';
import { replicasShareState } from '../settings/replicas-share-state';
import { scalerMetricsServed } from '../settings/scaler-metrics-served';
import { scalersCanDecide } from '../settings/scalers-can-decide';

/** Rules about certificates, databases, autoscalers, releases and routes: what takes a request from its client to its answer. */
export const requestsAndReleases: readonly Rule[] = [
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
];
