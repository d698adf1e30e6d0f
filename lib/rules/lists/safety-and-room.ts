import { appsFitArgocd } from '../argocd/apps-fit-argocd';
import { customResourcesWait } from '../argocd/custom-resources-wait';
import { jobsCanChange } from '../argocd/jobs-can-change';
import { budgetsLetDrain } from '../capacity/budgets-let-drain';
import { connectionsFit } from '../capacity/connections-fit';
import { containersKeepLimits } from '../capacity/containers-keep-limits';
import { copiesFitMembers } from '../capacity/copies-fit-members';
import { evictionsAreChosen } from '../capacity/evictions-are-chosen';
import { gpusFitPool } from '../capacity/gpus-fit-pool';
import { memoryHoldsSettings } from '../capacity/memory-holds-settings';
import { memoryHoldsVolumes } from '../capacity/memory-holds-volumes';
import { namespacesAreLimited } from '../capacity/namespaces-are-limited';
import { objectsFitApi } from '../capacity/objects-fit-api';
import { podsFitNodes } from '../capacity/pods-fit-nodes';
import { quotasHold } from '../capacity/quotas-hold';
import { spreadIsPossible } from '../capacity/spread-is-possible';
import { wavesFollowNeeds } from '../order/waves-follow-needs';
import { configurationReachesPods } from '../pods/configuration-reaches-pods';
import { secretsAreRead } from '../references/secrets-are-read';
import { callsStayInRegion } from '../residency/calls-stay-in-region';
import { chatDataStaysInTheEu } from '../residency/chat-data-stays-in-the-eu';
import type { Rule } from '../rule';
import { doorsStayShut } from '../security/doors-stay-shut';
import { membersAreProbed } from '../security/members-are-probed';
import { meshesAreClosed } from '../security/meshes-are-closed';
import { namespacesEnforce } from '../security/namespaces-enforce';
import { noSecretObjects } from '../security/no-secret-objects';
import { noSecretValues } from '../security/no-secret-values';
import { noServiceLinks } from '../security/no-service-links';
import { noTokenMounted } from '../security/no-token-mounted';
import { policiesAdmitPods } from '../security/policies-admit-pods';
import { readOnlyRoot } from '../security/read-only-root';
import { restrictedPods } from '../security/restricted-pods';
import { rightsAreEnough } from '../security/rights-are-enough';
import { rolesAreNarrow } from '../security/roles-are-narrow';
import { servicesStayInside } from '../security/services-stay-inside';
import { filesKeepSettings } from '../settings/files-keep-settings';
import { programsKeepSettings } from '../settings/programs-keep-settings';

/** Rules about what must not be open, in which order things come, and whether there is room for them. */
export const safetyAndRoom: readonly Rule[] = [
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
