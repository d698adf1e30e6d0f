/** Fields of a custom resource that `imports/` leaves out. */
export type Pruning = {
  /** Kind of the custom resource. */
  readonly kind: string;

  /** The object whose fields are meant: names joined by dots, `[]` for the items of a list, empty for the resource itself. */
  readonly at: string;

  /** Why nobody misses the fields. */
  readonly because: string;
} & (
  | {
      /** The fields that stay; every other one goes. */
      readonly keep: readonly string[];
    }
  | {
      /** The fields that go. */
      readonly drop: readonly string[];
    }
);

const SOLVER_POD_AFFINITY = 'a challenge solver is a pod of seconds; its placement needs a node selector at most';

const MONITORING_PODS = 'the operator knows a hundred ways to run them; these decide what is scraped, kept and sent';
const CLAIM = 'figures outlive pods';
const SPREAD = 'replicas are kept apart by topology spread constraints';

/** What is left out of `imports/`. Types are all that is lost: the cluster still knows every field. */
export const prunings: readonly Pruning[] = [
  { kind: 'Application', at: '', drop: ['operation'], because: 'a running sync is no desired state' },
  {
    kind: 'ApplicationSet',
    at: 'spec.generators[]',
    keep: ['list'],
    because: 'every element is synthesized; the other generators make 90% of the file',
  },
  { kind: 'ApplicationSet', at: 'spec.generators[].list', drop: ['template'], because: 'there is one template, in the spec' },
  {
    kind: 'ClusterIssuer',
    at: 'spec',
    keep: ['acme', 'ca', 'selfSigned'],
    because: 'certificates come from an internal CA or from an ACME server',
  },
  { kind: 'ClusterIssuer', at: 'spec.acme.solvers[].dns01', keep: ['cloudflare', 'cnameStrategy'], because: 'the zones are at Cloudflare' },
  { kind: 'ClusterIssuer', at: 'spec.acme.solvers[].http01.ingress.podTemplate.spec', drop: ['affinity'], because: SOLVER_POD_AFFINITY },
  {
    kind: 'ClusterIssuer',
    at: 'spec.acme.solvers[].http01.gatewayHTTPRoute.podTemplate.spec',
    drop: ['affinity'],
    because: SOLVER_POD_AFFINITY,
  },
  {
    kind: 'ClusterSecretStore',
    at: 'spec.provider',
    keep: ['aws', 'azurekv', 'fake', 'gcpsm', 'kubernetes'],
    because: 'each platform keeps its secrets in its own cloud, a local one in a namespace',
  },
  {
    kind: 'Cluster',
    at: 'spec.affinity',
    drop: ['additionalPodAffinity', 'additionalPodAntiAffinity', 'nodeAffinity'],
    because: 'the anti-affinity switch, node selector and tolerations place a database',
  },
  {
    kind: 'Cluster',
    at: 'spec',
    drop: ['ephemeralVolumeSource', 'projectedVolumeTemplate'],
    because: 'a database mounts its claims and nothing else',
  },
  {
    kind: 'Alertmanager',
    at: 'spec',
    keep: [
      'affinity',
      'automountServiceAccountToken',
      'enableServiceLinks',
      'externalUrl',
      'image',
      'imagePullSecrets',
      'podMetadata',
      'priorityClassName',
      'replicas',
      'resources',
      'retention',
      'routePrefix',
      'securityContext',
      'serviceAccountName',
      'storage',
      'tolerations',
      'topologySpreadConstraints',
      'version',
      'alertmanagerConfiguration',
    ],
    because: MONITORING_PODS,
  },
  {
    kind: 'Prometheus',
    at: 'spec',
    keep: [
      'affinity',
      'automountServiceAccountToken',
      'enableServiceLinks',
      'externalUrl',
      'image',
      'imagePullSecrets',
      'podMetadata',
      'priorityClassName',
      'replicas',
      'resources',
      'retention',
      'routePrefix',
      'securityContext',
      'serviceAccountName',
      'storage',
      'tolerations',
      'topologySpreadConstraints',
      'version',
      'alerting',
      'enableAdminAPI',
      'evaluationInterval',
      'externalLabels',
      'podMonitorNamespaceSelector',
      'podMonitorSelector',
      'probeNamespaceSelector',
      'probeSelector',
      'retentionSize',
      'ruleNamespaceSelector',
      'ruleSelector',
      'scrapeConfigNamespaceSelector',
      'scrapeConfigSelector',
      'scrapeInterval',
      'serviceDiscoveryRole',
      'serviceMonitorNamespaceSelector',
      'serviceMonitorSelector',
      'walCompression',
    ],
    because: MONITORING_PODS,
  },
  {
    kind: 'Prometheus',
    at: 'spec.alerting.alertmanagers[]',
    keep: ['name', 'namespace', 'port'],
    because: 'Alertmanager is in the same cluster',
  },
  { kind: 'Prometheus', at: 'spec.storage', keep: ['volumeClaimTemplate'], because: CLAIM },
  { kind: 'Alertmanager', at: 'spec.storage', keep: ['volumeClaimTemplate'], because: CLAIM },
  { kind: 'Prometheus', at: 'spec.affinity', keep: ['nodeAffinity'], because: SPREAD },
  { kind: 'Alertmanager', at: 'spec.affinity', keep: ['nodeAffinity'], because: SPREAD },
  {
    kind: 'AlertmanagerConfig',
    at: 'spec',
    keep: ['inhibitRules', 'receivers', 'route'],
    because: 'nothing is muted by the clock: what can wait for the morning is no page',
  },
  { kind: 'AlertmanagerConfig', at: 'spec.receivers[]', keep: ['name', 'slackConfigs'], because: 'alerts are told in channels of Slack' },
  {
    kind: 'AlertmanagerConfig',
    at: 'spec.receivers[].slackConfigs[]',
    keep: ['apiURL', 'channel', 'sendResolved', 'text', 'title', 'titleLink'],
    because: 'the proxy of a corporate network and buttons in messages are for others',
  },
  {
    kind: 'ImageValidatingPolicy',
    at: 'spec',
    keep: [
      ...['attestors', 'credentials', 'evaluation', 'failurePolicy', 'matchConstraints', 'matchImageReferences', 'validationActions'],
      ...['validationConfigurations', 'validations', 'webhookConfiguration'],
    ],
    because: 'signatures are checked, of pods alone',
  },
  { kind: 'ImageValidatingPolicy', at: 'spec.attestors[]', keep: ['cosign', 'name'], because: 'images are signed by cosign' },
  { kind: 'ImageValidatingPolicy', at: 'spec.attestors[].cosign', keep: ['key', 'keyless'], because: 'by a key or by an identity' },
  { kind: 'InferenceService', at: 'spec', keep: ['predictor'], because: 'models are served as they are, without transformers' },
  {
    kind: 'InferenceService',
    at: 'spec.predictor',
    keep: [
      ...['affinity', 'automountServiceAccountToken', 'canaryTrafficPercent', 'deploymentStrategy', 'enableServiceLinks'],
      ...['labels', 'maxReplicas', 'minReplicas', 'model', 'priorityClassName', 'scaleMetric', 'scaleTarget', 'securityContext'],
      ...['serviceAccountName', 'terminationGracePeriodSeconds', 'timeout', 'tolerations', 'topologySpreadConstraints'],
    ],
    because: 'containers and volumes belong to runtimes',
  },
  {
    kind: 'InferenceService',
    at: 'spec.predictor.model',
    keep: ['modelFormat', 'protocolVersion', 'resources', 'runtime', 'storageUri'],
    because: 'the container belongs to the runtime',
  },
  {
    kind: 'ServingRuntime',
    at: 'spec',
    keep: ['containers', 'imagePullSecrets', 'multiModel', 'protocolVersions', 'supportedModelFormats', 'volumes'],
    because: 'placement and scale belong to models',
  },
  {
    kind: 'ServingRuntime',
    at: 'spec.containers[]',
    keep: [
      ...['args', 'command', 'env', 'image', 'livenessProbe', 'name', 'ports', 'readinessProbe', 'resources'],
      ...['securityContext', 'startupProbe', 'volumeMounts'],
    ],
    because: 'a server needs no more',
  },
  { kind: 'ServingRuntime', at: 'spec.volumes[]', keep: ['emptyDir', 'name'], because: 'servers keep nothing' },
  {
    kind: 'VerticalPodAutoscaler',
    at: 'spec',
    keep: ['resourcePolicy', 'targetRef', 'updatePolicy'],
    because: 'it recommends, and the one recommender is the default',
  },
  {
    kind: 'VerticalPodAutoscaler',
    at: 'spec.resourcePolicy.containerPolicies[]',
    keep: ['containerName', 'controlledResources', 'controlledValues', 'maxAllowed', 'minAllowed'],
    because: 'pods are neither resized nor boosted',
  },
  { kind: 'VerticalPodAutoscaler', at: 'spec.updatePolicy', keep: ['updateMode'], because: 'nothing is evicted' },
  { kind: 'VirtualService', at: 'spec', keep: ['gateways', 'hosts', 'http'], because: 'models are asked over HTTP, through a gateway' },
  {
    kind: 'VirtualService',
    at: 'spec.http[]',
    keep: ['match', 'name', 'retries', 'rewrite', 'route', 'timeout'],
    because: 'faults, mirrors and headers are for others',
  },
  { kind: 'VirtualService', at: 'spec.http[].match[]', keep: ['uri'], because: 'a model is known by its path' },
  { kind: 'VirtualService', at: 'spec.http[].route[]', keep: ['destination'], because: 'one version of a model answers' },
  {
    kind: 'RequestAuthentication',
    at: 'spec.jwtRules[]',
    keep: ['audiences', 'fromHeaders', 'issuer', 'jwksUri'],
    because: 'a token comes in its header, and its keys from the issuer',
  },
];
