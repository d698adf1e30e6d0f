import { syncAnnotations } from '../argocd/sync-annotations';
import { canaryIsAnalysed } from '../flagger/canary-is-analysed';
import { protocolsAgree } from '../gateway/protocols-agree';
import { routesAreValid } from '../gateway/routes-are-valid';
import { apisAreServed } from '../kubernetes/apis-are-served';
import { choicesAreKnown } from '../kubernetes/choices-are-known';
import { namesFit } from '../kubernetes/names-fit';
import { podsAreValid } from '../kubernetes/pods-are-valid';
import { prioritiesAreChosen } from '../kubernetes/priorities-are-chosen';
import { quantitiesParse } from '../kubernetes/quantities-parse';
import { servicesAreValid } from '../kubernetes/services-are-valid';
import { workloadsAreValid } from '../kubernetes/workloads-are-valid';
import { namespacesResolve } from '../objects/namespaces-resolve';
import { uniqueObjects } from '../objects/unique-objects';
import { imagesCanBePulled } from '../pods/images-can-be-pulled';
import { imagesPinned } from '../pods/images-pinned';
import { probesAskWhatAnswers } from '../pods/probes-ask-what-answers';
import { probesMakeSense } from '../pods/probes-make-sense';
import { probesPresent } from '../pods/probes-present';
import { requestsAndLimits } from '../pods/requests-and-limits';
import { queriesParse } from '../promql/queries-parse';
import { accountsResolve } from '../references/accounts-resolve';
import { backendsResolve } from '../references/backends-resolve';
import { canariesResolve } from '../references/canaries-resolve';
import { cloudsMatch } from '../references/clouds-match';
import { configMapsResolve } from '../references/config-maps-resolve';
import { copiesResolve } from '../references/copies-resolve';
import { hostsResolve } from '../references/hosts-resolve';
import { identitiesAreGiven } from '../references/identities-are-given';
import { mountedFilesResolve } from '../references/mounted-files-resolve';
import { passwordsAgree } from '../references/passwords-agree';
import { platformResolves } from '../references/platform-resolves';
import { pluginsResolve } from '../references/plugins-resolve';
import { policyPortsResolve } from '../references/policy-ports-resolve';
import { portsResolve } from '../references/ports-resolve';
import { routesAttach } from '../references/routes-attach';
import { scaleTargetsResolve } from '../references/scale-targets-resolve';
import { schedulersResolve } from '../references/schedulers-resolve';
import { secretsFitStore } from '../references/secrets-fit-store';
import { secretsResolve } from '../references/secrets-resolve';
import { storageResolves } from '../references/storage-resolves';
import { templatesResolve } from '../references/templates-resolve';
import type { Rule } from '../rule';
import { imagesFromKnownSources } from '../security/images-from-known-sources';
import { selectorIsOneLabel } from '../selectors/selector-is-one-label';
import { selectorsCoverReleases } from '../selectors/selectors-cover-releases';
import { selectorsMatch } from '../selectors/selectors-match';
import { spreadMatches } from '../selectors/spread-matches';
import { stableLabelsWritten } from '../selectors/stable-labels-written';
import { templatesMatchSelectors } from '../selectors/templates-match-selectors';
import { filesListen } from '../settings/files-listen';
import { hostPortsResolve } from '../settings/host-ports-resolve';
import { ownPortsResolve } from '../settings/own-ports-resolve';
import { serversListen } from '../settings/servers-listen';
import { urlsFitClients } from '../settings/urls-fit-clients';
import { variablesResolve } from '../settings/variables-resolve';

/** Rules about what an object is, what its own fields say, what it names and what it selects. */
export const formAndNames: readonly Rule[] = [
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
];
