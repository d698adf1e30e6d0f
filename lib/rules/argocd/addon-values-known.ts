import { problemAt } from '../delivered';
import { record } from '../fields';
import type { FleetIndex } from '../fleet-index';
import type { FleetProblem, FleetRule } from '../rule';
import { type AddonRelease, addonReleases, VALUES } from './addon-releases';
import { groupsOf, SKIPPED, switchedOff, switchOf } from './definitions';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const COMMON =
  'affinity extraObjects fullnameOverride global image imagePullSecrets nameOverride nodeSelector podAnnotations podLabels resources securityContext serviceAccount tolerations topologySpreadConstraints';

/** What each chart takes at the top of its values. Charts that are not listed are not judged. */
const KEYS: Readonly<Record<string, ReadonlySet<string>>> = {
  kong: words(
    `${COMMON} admin autoscaling certificates cluster clusterCaSecretName clustertelemetry containerSecurityContext customEnv dblessConfig ` +
      'deployment deploymentAnnotations dnsConfig dnsPolicy enterprise env envFrom extraConfigMaps extraLabels extraSecrets ingressController ' +
      'keda lifecycle livenessProbe manager migrations namespace plugins podDisruptionBudget portal portalapi postgresql priorityClassName ' +
      'proxy readinessProbe replicaCount runMigrations secretVolumes serviceMonitor startupProbe status terminationGracePeriodSeconds ' +
      'udpProxy updateStrategy waitImage',
  ),
  flagger: words(
    `${COMMON} additionalVolumes clusterName configTracking controlLoopInterval controlplane crd deploymentAnnotations deploymentLabels env ` +
      'eventWebhook includeLabelPrefix ingressAnnotationsPrefix ingressClass istio kubeconfigBurst kubeconfigQPS leaderElection ' +
      'linkerdAuthPolicy livenessProbe logLevel meshProvider metricsServer msteams namespace noCrossNamespaceRefs podDisruptionBudget ' +
      'podMonitor podPriorityClassName prometheus rbac readinessProbe selectorLabels serviceMonitor slack threadiness',
  ),
  'prometheus-adapter': words(
    `${COMMON} certManager containerPort customAnnotations customLabels deploymentAnnotations dnsConfig dnsPolicy env extraArguments ` +
      'extraContainers extraManifests extraVolumeMounts extraVolumes hostNetwork listenPort livenessProbe logLevel metricsRelistInterval ' +
      'namespaceOverride podDisruptionBudget podSecurityContext priorityClassName prometheus psp rbac readinessProbe replicas ' +
      'revisionHistoryLimit rules service startupProbe strategy tls',
  ),
  'external-secrets': words(
    `${COMMON} bitwarden-sdk-server certController commonLabels concurrent controllerClass crds createOperator deploymentAnnotations dnsConfig ` +
      'dnsPolicy enableHTTP2 extendedMetricLabels extraArgs extraContainers extraEnv extraInitContainers extraVolumeMounts extraVolumes ' +
      'genericTargets grafanaDashboard hostAliases hostNetwork hostUsers installCRDs leaderElect livenessProbe log metrics namespaceOverride ' +
      'openshiftFinalizers podDisruptionBudget podSecurityContext podSpecExtra priorityClassName processClusterExternalSecret ' +
      'processClusterGenerator processClusterPushSecret processClusterStore processPushSecret processSecretStore rbac readinessProbe ' +
      'replicaCount revisionHistoryLimit scopedNamespace scopedRBAC service serviceMonitor startupProbe storeRequeueInterval strategy ' +
      'systemAuthDelegator vault webhook',
  ),
  'cert-manager': words(
    `${COMMON} acmesolver acmeSolver approveSignerNames automountServiceAccountToken cainjector clusterResourceNamespace config ` +
      'containerSecurityContext crds creator deploymentAnnotations disableAutoApproval dns01RecursiveNameservers ' +
      'dns01RecursiveNameserversOnly enableCertificateOwnerRef enableServiceLinks enabled extraArgs extraContainers extraEnv featureGates ' +
      'hostAliases hostUsers http_proxy https_proxy ingressShim installCRDs livenessProbe maxConcurrentChallenges namespace networkPolicy ' +
      'no_proxy podDisruptionBudget podDnsConfig podDnsPolicy priorityClassName prometheus readinessProbe replicaCount runtimeClassName ' +
      'serviceAnnotations serviceIPFamilies serviceIPFamilyPolicy serviceLabels startupapicheck strategy volumeMounts volumes webhook ' +
      'imageNamespace imageRegistry',
  ),
  'vertical-pod-autoscaler': words(
    'admissionController commonLabels containerSecurityContext fullnameOverride imagePullSecrets nameOverride podSecurityContext rbac ' +
      'recommender updater',
  ),
  // Istio's gateway, which has no labels of pods alone.
  gateway: words(
    'affinity annotations autoscaling containerSecurityContext env global imagePullPolicy imagePullSecrets kind labels minReadySeconds name ' +
      'networkGateway nodeSelector podAnnotations podDisruptionBudget priorityClassName rbac readinessProbe replicaCount resources revision ' +
      'securityContext service serviceAccount strategy terminationGracePeriodSeconds tolerations topologySpreadConstraints unprivilegedPort ' +
      'volumeMounts volumes',
  ),
  'cloudnative-pg': words(
    `${COMMON} additionalArgs additionalEnv commonAnnotations config containerSecurityContext crds dnsPolicy hostNetwork monitoring ` +
      'monitoringQueriesConfigMap namespaceOverride podDisruptionBudget podSecurityContext priorityClassName rbac replicaCount service ' +
      'terminationGracePeriodSeconds updateStrategy webhook',
  ),
};

export const addonValuesKnown: FleetRule = {
  id: 'addon-values-known',
  title: 'A chart is told what it listens to, and one on each cluster brings the definitions of its kinds, which outlive it.',
  why: 'Helm ignores a value that the chart does not have: what was meant is not done, without any error. Without the definitions of its kinds the controller does not start; where two bring them, Argo CD refuses the second; and with a definition goes every object of the kind.',
  fix: 'Spell the value as the chart’s values.yaml does, in lib/gitops/addons/.',
  *checkFleet(fleet: FleetIndex) {
    const releases = addonReleases(fleet);
    const bringing = new Map<string, AddonRelease>();
    for (const release of releases) {
      const { delivered, chart, values } = release;
      const known = KEYS[chart];
      for (const key of known === undefined ? [] : Object.keys(values)) {
        if (known?.has(key)) continue;
        yield problemAt(delivered, `${VALUES}/${key}`, `is "${key}", which chart ${chart} does not read${near(key, known ?? [])}`);
      }
      yield* ofDefinitions(release, releases, bringing);
    }
  },
};

/** What a cluster knows of kinds: from one chart, and for as long as there are objects. */
function* ofDefinitions(
  release: AddonRelease,
  releases: readonly AddonRelease[],
  bringing: Map<string, AddonRelease>,
): Iterable<FleetProblem> {
  const { delivered, chart, cluster, values } = release;
  const off = switchedOff(release);
  const groups = groupsOf(chart);
  const brings = (other: AddonRelease, group: string): boolean =>
    other.cluster === cluster && groupsOf(other.chart).includes(group) && switchedOff(other) === undefined;
  const lost = groups.find((group) => !releases.some((other) => brings(other, group)));
  if (off !== undefined && off !== SKIPPED && lost !== undefined)
    yield problemAt(delivered, off, `is not true: no chart would install the kinds of ${chart}`);
  if (off !== undefined) return;
  const first = groups.map((group) => bringing.get(`${cluster}/${group}`)).find((each) => each !== undefined);
  for (const group of groups) if (!bringing.has(`${cluster}/${group}`)) bringing.set(`${cluster}/${group}`, release);
  if (first !== undefined) {
    // Whichever can be told to leave them to the other.
    const [one, other] = switchOf(chart) === undefined && switchOf(first.chart) !== undefined ? [first, release] : [release, first];
    const at = one.chart === other.chart ? SKIPPED : (switchOf(one.chart) ?? SKIPPED);
    const { name } = other.delivered.application.metadata;
    yield problemAt(one.delivered, at, `has it bring the definitions that ${name} brings: Argo CD would refuse the second of the two`);
  }
  if (record(values['crds']).keep === false)
    yield problemAt(delivered, `${VALUES}/crds/keep`, `is false: every object of the kinds of ${chart} would go with it`);
}

/** Keys that begin alike, as the end of a message. */
function near(key: string, known: Iterable<string>): string {
  const alike = [...known].filter((each) => each.toLowerCase().startsWith(key.toLowerCase().slice(0, 4)));
  return alike.length === 0 ? '' : ` (there: ${alike.join(', ')})`;
}
