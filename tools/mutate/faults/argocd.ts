import { all, copy, drop, remove, removeApp, rename, replace, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, CANARY, ENGINE, GATEWAY, MIGRATION, SYNC_OPTIONS } from './objects';

const SET = 'ApplicationSet/argocd/inference-prod';
const APPS = 'ApplicationSet/argocd/apps-prod';
const PROJECT = 'AppProject/argocd/inference-prod';
const APPS_PROJECT = 'AppProject/argocd/apps-prod';
const FLAGGER = 'Application/argocd/flagger-prod-us-east-1';
const KONG = 'Application/argocd/kong-internal-prod-us-east-1';
const SIZES = 'Application/argocd/vertical-pod-autoscaler-prod-us-east-1';
const ROOT = 'Application/argocd/root';
const SETTINGS = 'ConfigMap/argocd/argocd-cm';
const PARAMETERS = 'ConfigMap/argocd/argocd-cmd-params-cm';
const VELERO = 'Application/argocd/velero-prod-us-east-1';
const CANARY_HEALTH = '/data/resource.customizations.health.flagger.app_Canary';
const WATCHED = '/metadata/annotations/argocd.argoproj.io~1manifest-generate-paths';
const MESHED = 'prod/eu-west-1';
const T = '/spec/template/spec';
const VALUES = '/spec/source/helm/valuesObject';

export const argocd = chapter('Argo CD', {
  'project-templated': ['A template makes up the project of its Applications.', set(SET, `${T}/project`, 'inference-{{.environment}}')],
  'project-default': ['Applications are in the default project, which permits everything.', set(SET, `${T}/project`, 'default')],
  'project-misspelt': ['Applications are in a project that does not exist.', set(SET, `${T}/project`, 'inference-production')],
  'project-removed': ['The project of Applications is gone.', remove(PROJECT)],
  'go-template-lenient': ['A misspelt key would render as no value.', drop(SET, '/spec/goTemplateOptions')],
  'go-template-off': ['Templates are not rendered by Go, and keep their braces.', set(SET, '/spec/goTemplate', false)],
  'template-key-misspelt': [
    'A template names a key that no element has.',
    set(SET, `${T}/source/path`, 'dist/{{.environment}}/{{.regoin}}/{{.app}}'),
  ],
  'template-old-syntax': [
    'A template writes {{key}}, which Go takes for a function.',
    set(SET, '/spec/template/metadata/name', '{{app}}-{{environment}}-{{region}}'),
  ],
  'template-patched': ['A template is patched afterwards.', set(SET, '/spec/templatePatch', 'spec: {}')],
  'element-key-missing': [
    'An element lacks a key that the template names.',
    drop(SET, '/spec/generators/0/list/elements/region=us-east-1/namespace'),
  ],
  'element-number': ['An element’s value is a number.', set(SET, '/spec/generators/0/list/elements/region=us-east-1/ring', 3)],
  'element-without-folder': [
    'An element names a folder that does not exist.',
    set(SET, '/spec/generators/0/list/elements/region=us-east-1/app', 'llms'),
  ],
  'folder-without-element': ['A folder is delivered by nobody.', drop(SET, '/spec/generators/0/list/elements/region=us-east-1')],
  'element-twice': [
    'Two elements yield the same Application.',
    (draft) =>
      draft.change(SET, ({ spec }) => {
        const { elements } = spec.generators[0].list;
        elements.push(structuredClone(elements[0]));
      }),
  ],
  'elements-missing': ['An ApplicationSet yields nothing.', set(SET, '/spec/generators/0/list/elements', [])],
  'element-other-cluster': [
    'A region’s folder is delivered to another region’s cluster.',
    set(SET, '/spec/generators/0/list/elements/region=us-east-1/cluster', 'prod-us-west-2'),
  ],
  'element-unknown-cluster': [
    'A folder is delivered to a cluster that nobody registers.',
    set(SET, '/spec/generators/0/list/elements/region=us-east-1/cluster', 'production-us-east-1'),
  ],
  'element-other-namespace': [
    'An Application’s namespace is another than its objects’.',
    set(SET, '/spec/generators/0/list/elements/region=us-east-1/namespace', 'inference'),
  ],
  'element-other-ring': [
    'A region’s ring is another than that of its pins.',
    set(SET, '/spec/generators/0/list/elements/region=us-east-1/ring', '1'),
  ],
  'application-names-equal': [
    'Applications of all regions share a name.',
    set(SET, '/spec/template/metadata/name', '{{.app}}-{{.environment}}'),
  ],
  'application-name-taken': ['Two Applications share a name.', copy(FLAGGER, 'kong-internal-prod-us-east-1')],
  'application-name-too-long': ['An Application’s name does not fit into a label.', copy(FLAGGER, `flagger-${'x'.repeat(60)}`)],
  'application-name-malformed': ['An Application’s name has upper case.', set(FLAGGER, '/metadata/name', 'Flagger-prod-us-east-1')],
  'application-elsewhere': ['An Application lives in a namespace that Argo CD does not read.', set(FLAGGER, '/metadata/namespace', 'argo')],
  'destination-by-server': [
    'An Application names its cluster by address.',
    set(SET, `${T}/destination`, { server: 'https://kubernetes.default.svc', namespace: 'llm' }),
  ],
  'destination-both': [
    'An Application names its cluster twice.',
    set(FLAGGER, '/spec/destination/server', 'https://kubernetes.default.svc'),
  ],
  'destination-unpermitted': [
    'A project does not permit a namespace that its Applications deploy into.',
    drop(PROJECT, '/spec/destinations/name=prod-us-east-1'),
  ],
  'destination-wildcard': ['A project permits every cluster.', set(PROJECT, '/spec/destinations/0/name', '*')],
  'destination-server-wildcard': ['A project permits every cluster by address.', set(PROJECT, '/spec/destinations/0/server', '*')],
  'destination-namespace-wildcard': ['A project permits every namespace.', set(PROJECT, '/spec/destinations/0/namespace', '*')],
  'kind-unpermitted': [
    'A project does not permit a kind that its Applications hold.',
    drop(PROJECT, '/spec/namespaceResourceWhitelist/kind=Canary'),
  ],
  'kinds-unlimited': ['A project permits every kind.', drop(PROJECT, '/spec/namespaceResourceWhitelist')],
  'cluster-kinds-wildcard': [
    'A project permits every cluster-wide kind.',
    set(PROJECT, '/spec/clusterResourceWhitelist', [{ group: '*', kind: '*' }]),
  ],
  'cluster-kind-unpermitted': [
    'A project does not permit a cluster-wide kind that its Applications hold.',
    drop('AppProject/argocd/foundation-prod', '/spec/clusterResourceWhitelist/kind=PriorityClass'),
  ],
  'kind-of-nobody': [
    'A project permits a kind that none of its Applications hold.',
    set(APPS_PROJECT, '/spec/namespaceResourceWhitelist/-', { group: '', kind: 'Secret' }),
  ],
  'repository-unpermitted': [
    'A project does not know the repository of its Applications.',
    set(PROJECT, '/spec/sourceRepos', ['https://git.example.com/platform/other.git']),
  ],
  'repository-wildcard': ['A project permits every repository.', set(PROJECT, '/spec/sourceRepos', ['*'])],
  'repository-misspelt': [
    'Applications read from a repository that does not exist.',
    set(SET, `${T}/source/repoURL`, 'https://git.example.com/platform/slipwy.git'),
  ],
  'window-schedule-malformed': [
    'A sync window’s schedule has six fields, which blocks every sync.',
    set(PROJECT, '/spec/syncWindows/0/schedule', '0 0 16 * * 5'),
  ],
  'window-schedule-impossible': ['A sync window’s schedule names hour 26.', set(PROJECT, '/spec/syncWindows/0/schedule', '0 26 * * 5')],
  'window-duration-malformed': ['A sync window lasts days, which Go does not know.', set(PROJECT, '/spec/syncWindows/0/duration', '3d')],
  'window-kind-misspelt': ['A sync window neither allows nor denies.', set(PROJECT, '/spec/syncWindows/0/kind', 'denied')],
  'window-allows': ['A freeze allows what it should deny.', set(PROJECT, '/spec/syncWindows/0/kind', 'allow')],
  'window-without-end': ['A freeze of one project never ends.', set(PROJECT, '/spec/syncWindows/0/duration', '168h')],
  'window-missing': ['One project knows nothing of the freeze.', drop(PROJECT, '/spec/syncWindows')],
  'window-of-nothing': ['A sync window is for nothing.', set(PROJECT, '/spec/syncWindows/0/applications', [])],
  'window-time-zone-misspelt': [
    'A sync window’s time zone does not exist, and is silently UTC.',
    set(PROJECT, '/spec/syncWindows/0/timeZone', 'Europe/Berlyn'),
  ],
  'window-twice': [
    'A project has a sync window twice.',
    (draft) =>
      draft.change(PROJECT, ({ spec }) => {
        spec.syncWindows.push(structuredClone(spec.syncWindows[0]));
      }),
  ],
  'role-policy-malformed': [
    'A project’s role speaks for another project.',
    set(PROJECT, '/spec/roles', [{ name: 'release', policies: ['p, proj:apps-prod:release, applications, sync, apps-prod/*, allow'] }]),
  ],
  'revision-head': ['Applications follow whatever is newest.', set(SET, `${T}/source/targetRevision`, 'HEAD')],
  'revision-missing': ['Applications name no revision.', drop(SET, `${T}/source/targetRevision`)],
  'chart-range': ['A chart’s version is a range.', set(FLAGGER, '/spec/source/targetRevision', '^1.44.0')],
  'chart-version-old': [
    'Flagger’s version does not know a field that its Canaries use.',
    set(FLAGGER, '/spec/source/targetRevision', '1.40.0'),
  ],
  'chart-versions-mixed': [
    'One region of an environment runs another version of Flagger.',
    set(FLAGGER, '/spec/source/targetRevision', '1.45.0'),
  ],
  'path-misspelt': [
    'Applications read from a folder that does not exist.',
    set(SET, `${T}/source/path`, 'dist/{{.region}}/{{.environment}}/{{.app}}'),
  ],
  'path-outside': [
    'An Application reads outside of its repository.',
    set(SET, `${T}/source/path`, '../dist/{{.environment}}/{{.region}}/{{.app}}'),
  ],
  'two-tools': ['Two tools should render one source.', set(FLAGGER, '/spec/source/directory', { recurse: true })],
  'folder-not-recursed': [
    'Folders below an app’s folder are not read.',
    set('ApplicationSet/argocd/foundation-prod', `${T}/source/directory/recurse`, false),
  ],
  'folder-includes-nothing': ['An Application reads files that are not written.', set(SET, `${T}/source/directory/include`, '*.json')],
  'chart-and-path': ['An Application has both a chart and a folder.', set(FLAGGER, '/spec/source/path', 'charts/flagger')],
  'prune-off': ['What Git no longer holds stays in the cluster.', set(SET, `${T}/syncPolicy/automated/prune`, false)],
  'self-heal-off': ['What somebody changed in the cluster stays.', set(SET, `${T}/syncPolicy/automated/selfHeal`, false)],
  'empty-allowed': ['An empty folder deletes an app.', set(SET, `${T}/syncPolicy/automated/allowEmpty`, true)],
  'automation-missing': ['Applications wait for a person to sync them.', drop(SET, `${T}/syncPolicy/automated`)],
  'history-forgotten': ['Argo CD does not remember what it deployed.', set(SET, `${T}/revisionHistoryLimit`, 0)],
  'folder-watched-elsewhere': [
    'Applications are told to look at commits to another folder than their own.',
    set(SET, `/spec/template${WATCHED}`, '/dist/dev'),
  ],
  'folder-unwatched': ['Every commit makes Argo CD render every folder.', drop(SET, `/spec/template${WATCHED}`)],
  'trigger-never-fires': [
    'A trigger waits for a state that does not exist.',
    replace('ConfigMap/argocd/argocd-notifications-cm', '/data/trigger.on-health-degraded', "'Degraded'", "'degraded'"),
  ],
  'trigger-unreadable': [
    'A trigger is no list.',
    replace('ConfigMap/argocd/argocd-notifications-cm', '/data/trigger.on-sync-failed', '- when:', 'when:'),
  ],
  'notifications-missing': ['Projects subscribe to what nobody defines.', remove('ConfigMap/argocd/argocd-notifications-cm')],
  'subscription-of-nobody': [
    'A project subscribes nobody to its failures.',
    set(APPS_PROJECT, '/metadata/annotations/notifications.argoproj.io~1subscribe.on-sync-failed.slack', ''),
  ],
  'retry-malformed': [
    'Applications try again after a time that is no duration.',
    set(SET, `${T}/syncPolicy/retry/backoff/duration`, '5 seconds'),
  ],
  'retry-missing': ['Applications try once.', drop(SET, `${T}/syncPolicy/retry`)],
  'option-misspelt': ['A sync option is misspelt, and so ignored.', set(SET, `${T}/syncPolicy/syncOptions/0`, 'ServerSideAply=true')],
  'create-namespace': [
    'Argo CD makes namespaces without their labels and quotas.',
    set(SET, `${T}/syncPolicy/syncOptions/-`, 'CreateNamespace=true'),
  ],
  'prune-last-with-canary': [
    'A sync waits for a whole release, and no newer one starts.',
    set(SET, `${T}/syncPolicy/syncOptions/-`, 'PruneLast=true'),
  ],
  'client-side-apply': ['Fields that Git leaves out are set back at every sync.', drop(SET, `${T}/syncPolicy/syncOptions/0`)],
  'differences-not-respected': ['Argo CD sets back the replicas that it should leave alone.', drop(SET, `${T}/syncPolicy/syncOptions/1`)],
  'replicas-not-ignored': [
    'Argo CD and Flagger dispute about the replicas of a released Deployment.',
    set(SET, `${T}/ignoreDifferences`, []),
  ],
  'replicas-not-ignored-of-scaler': ['Argo CD and an autoscaler dispute about replicas.', set(APPS, `${T}/ignoreDifferences`, [])],
  'ignored-pointer-malformed': [
    'A field to leave alone is no pointer.',
    set(SET, `${T}/ignoreDifferences/1/jsonPointers`, ['spec.replicas']),
  ],
  'ignored-without-kind': ['A field is left alone in every kind.', drop(SET, `${T}/ignoreDifferences/1/kind`)],
  'ignored-too-much': [
    'Argo CD leaves the whole template of the engine alone.',
    set(SET, `${T}/ignoreDifferences/1/jsonPointers`, ['/spec']),
  ],
  'finalizer-misspelt': [
    'A finalizer that nobody knows keeps a project for ever.',
    set(PROJECT, '/metadata/finalizers', ['resources-finalizer.argocd.argoproj.com']),
  ],
  'finalizer-undoes-protection': [
    'A removed Application takes its objects along.',
    set(SET, '/spec/template/metadata/finalizers', ['resources-finalizer.argocd.argoproj.io']),
  ],
  'set-deletes': ['A removed element takes a region down.', set(SET, '/spec/syncPolicy/applicationsSync', 'sync')],
  'set-takes-all-along': [
    'A removed ApplicationSet takes all regions down.',
    set(SET, '/spec/syncPolicy/preserveResourcesOnDeletion', false),
  ],
  'rolling-step-of-nothing': [
    'A step of a rolling sync selects no Application, and the others wait for ever.',
    set(SET, '/spec/strategy', {
      type: 'RollingSync',
      rollingSync: { steps: [{ matchExpressions: [{ key: 'slipway.dev/ring', operator: 'In', values: ['1'] }] }] },
    }),
  ],
  'set-label-too-long': [
    'A label of an Application is too long.',
    set(SET, '/spec/template/metadata/labels/slipway.dev~1note', 'x'.repeat(70)),
  ],
  'root-includes-itself': [
    'The root Application manages itself, and deletes itself with one commit.',
    drop(ROOT, '/spec/source/directory/exclude'),
  ],
  'root-takes-all-along': [
    'Who removes the root Application removes every Application.',
    set(ROOT, '/metadata/finalizers', ['resources-finalizer.argocd.argoproj.io']),
  ],
  'root-misspelt': ['The root Application reads a folder that does not exist.', set(ROOT, '/spec/source/path', 'argo-cd')],
  'canary-health-removed': [
    'Argo CD takes a release that has not begun for a healthy one.',
    drop(SETTINGS, '/data/resource.customizations.health.flagger.app_Canary'),
  ],
  'hub-script-broken': [
    'A script of Argo CD does not run, and every Canary is Unknown.',
    replace(SETTINGS, CANARY_HEALTH, '\nend\nreturn health', '\nreturn health'),
  ],
  'hub-script-state': ['A script answers a state that does not exist.', replace(SETTINGS, CANARY_HEALTH, '"Degraded"', '"Failed"')],
  'hub-setting-misspelt': [
    'Argo CD is told of differences to ignore in a section that it does not read.',
    rename(
      SETTINGS,
      '/data/resource.customizations.ignoreDifferences.apiregistration.k8s.io_APIService',
      'resource.customizations.ignoreDifference.apiregistration.k8s.io_APIService',
    ),
  ],
  'hub-gives-up': [
    'Argo CD gives a sync up while the Job that it waits for still runs.',
    set(PARAMETERS, '/data/controller.sync.timeout.seconds', '60'),
  ],
  'hub-asks-nobody': ['Argo CD shows everything to whoever asks.', set(SETTINGS, '/data/users.anonymous.enabled', 'true')],
  'hub-opens-shells': ['Argo CD opens shells in pods of every cluster.', set(SETTINGS, '/data/exec.enabled', 'true')],
  'hub-in-plain-text': ['Logins to Argo CD cross the network in plain text.', set(PARAMETERS, '/data/server.insecure', 'true')],
  'hub-excludes-all': [
    'Argo CD overlooks every object, and reports success.',
    set(SETTINGS, '/data/resource.exclusions', '- apiGroups: ["*"]\n  kinds: ["*"]\n  clusters: ["*"]\n'),
  ],
  'tracking-by-label': [
    'Argo CD takes what Flagger copies for its own, and prunes it.',
    set(SETTINGS, '/data/application.resourceTrackingMethod', 'label'),
  ],
  'addon-removed': ['The controller of a kind is no longer installed.', remove(FLAGGER)],
  'addon-selector-label-changed': [
    'Flagger looks for another label than Deployments select.',
    set(FLAGGER, `${VALUES}/selectorLabels`, 'app'),
  ],
  'addon-prometheus-misspelt': [
    'Flagger asks a Prometheus that does not exist.',
    set(FLAGGER, `${VALUES}/metricsServer`, 'http://prometheus.monitoring:9090'),
  ],
  'addon-metric-removed': [
    'The adapter no longer serves a metric that an autoscaler asks for.',
    drop('Application/argocd/prometheus-adapter-prod-us-east-1', `${VALUES}/rules/custom/0`),
  ],
  'addon-gateway-label-changed': [
    'The gateway’s pods carry another label than policies select.',
    set(KONG, `${VALUES}/podLabels/slipway.dev~1workload`, 'kong-gateway'),
  ],
  'addon-gateway-class-changed': [
    'The gateway’s controller serves another class than the Gateway names.',
    set(KONG, `${VALUES}/ingressController/env/gateway_api_controller_name`, 'konghq.com/kic-gateway-controller'),
  ],
  'addon-gateway-port-changed': [
    'The gateway’s metrics are on another port than is scraped.',
    set(KONG, `${VALUES}/status/http/containerPort`, 8101),
  ],
  'addon-role-of-other-cluster': [
    'A controller takes the role of another cluster.',
    replace(VELERO, `${VALUES}/serviceAccount/server/annotations/eks.amazonaws.com~1role-arn`, 'us-east-1', 'us-west-2'),
  ],
  'addon-role-of-other-account': [
    'A controller takes a role of another account.',
    replace(VELERO, `${VALUES}/serviceAccount/server/annotations/eks.amazonaws.com~1role-arn`, /\d{12}/, '444455556666'),
  ],
  'addon-region-other': [
    'A controller asks the cloud in another region.',
    set('Application/argocd/external-dns-prod-us-east-1', `${VALUES}/env/name=AWS_DEFAULT_REGION/value`, 'eu-west-1'),
  ],
  'addon-single-gateway': [
    'The gateway of production is a single pod.',
    set('Application/argocd/kong-prod-us-east-1', `${VALUES}/replicaCount`, 1),
  ],
  'addon-single-judge': [
    'A single pod judges every other in production.',
    drop('Application/argocd/kyverno-prod-us-east-1', `${VALUES}/admissionController/replicas`),
  ],
  'addon-spread-by-other-label': [
    'Pods of the gateway are spread by a label that they do not have.',
    set(
      'Application/argocd/kong-prod-us-east-1',
      `${VALUES}/topologySpreadConstraints/0/labelSelector/matchLabels/slipway.dev~1workload`,
      'kong-gateway',
    ),
  ],
  'addon-priority-misspelt': [
    'The gateway has a priority that does not exist.',
    set('Application/argocd/kong-prod-us-east-1', `${VALUES}/priorityClassName`, 'platform-critcal'),
  ],
  'addon-never-drained': [
    'No node with a gateway can be drained.',
    set('Application/argocd/kong-prod-us-east-1', `${VALUES}/podDisruptionBudget/maxUnavailable`, 0),
  ],
  'addon-address-private': [
    'The public gateway has an address in the network of the region alone.',
    set(
      'Application/argocd/kong-prod-us-east-1',
      `${VALUES}/proxy/annotations/service.beta.kubernetes.io~1aws-load-balancer-scheme`,
      'internal',
    ),
  ],
  'addon-cuts-silence': [
    'The load balancer cuts a model off while it thinks.',
    set(
      'Application/argocd/kong-prod-us-east-1',
      `${VALUES}/proxy/annotations/service.beta.kubernetes.io~1aws-load-balancer-listener-attributes.TCP-443`,
      'tcp.idle_timeout.seconds=60',
    ),
  ],
  'addon-image-moves': ['A plugin’s image is whatever is newest.', replace(VELERO, `${VALUES}/initContainers/0/image`, /:v.*/, ':latest')],
  'addon-helper-old': [
    'KServe fetches models with a helper of another version.',
    set('Application/argocd/kserve-prod-eu-west-1', `${VALUES}/kserve/storage/tag`, 'v0.13.0'),
    MESHED,
  ],
  'addon-publishes-models': [
    'KServe publishes models past tokens and limits.',
    set('Application/argocd/kserve-prod-eu-west-1', `${VALUES}/kserve/controller/gateway/disableIngressCreation`, false),
    MESHED,
  ],
  'addon-records-of-others': [
    'Routes are not read as their label is another than external-dns looks for.',
    set('Application/argocd/external-dns-prod-us-east-1', `${VALUES}/labelFilter`, 'slipway.dev/dns=public'),
  ],
  'addon-records-unread': [
    'Nobody reads the routes whose hosts are published.',
    set('Application/argocd/external-dns-prod-us-east-1', `${VALUES}/sources`, ['ingress']),
  ],
  'addon-zone-missing': [
    'A host that a route publishes is left out by external-dns.',
    drop('Application/argocd/external-dns-prod-eu-west-1', `${VALUES}/domainFilters/0`),
    MESHED,
  ],
  'addon-records-disputed': [
    'Two regions take each other’s records for their own.',
    all(
      set('Application/argocd/external-dns-prod-us-east-1', `${VALUES}/txtOwnerId`, 'llm'),
      set('Application/argocd/external-dns-prod-us-west-2', `${VALUES}/txtOwnerId`, 'llm'),
    ),
  ],
  'addon-definitions-twice': [
    'Two gateways bring the same definitions, and Argo CD refuses the second.',
    drop(KONG, '/spec/source/helm/skipCrds'),
  ],
  'addon-definitions-go-along': [
    'Who removes cert-manager removes every certificate.',
    set('Application/argocd/cert-manager-prod-us-east-1', `${VALUES}/crds/keep`, false),
  ],
  'addon-second-prometheus': [
    'A second Prometheus runs beside the one that is defined.',
    drop('Application/argocd/prometheus-prod-us-east-1', `${VALUES}/prometheus`),
  ],
  'addon-alerts-see-nothing': [
    'Alerts about workloads have nothing to look at.',
    set('Application/argocd/prometheus-prod-us-east-1', `${VALUES}/kubeStateMetrics`, { enabled: false }),
  ],
  'addon-driver-twice': [
    'A second driver breaks that of the GPU nodes.',
    drop('Application/argocd/gpu-operator-prod-germanywestcentral', `${VALUES}/driver`),
    'prod/germanywestcentral',
  ],
  'addon-off-gpu-nodes': [
    'What measures GPUs stays off their nodes.',
    drop('Application/argocd/dcgm-exporter-prod-us-east-1', `${VALUES}/tolerations`),
  ],
  'addon-gateway-of-other-class': [
    'The public gateway reads plugins and consumers of the internal one.',
    set('Application/argocd/kong-prod-us-east-1', `${VALUES}/ingressController/ingressClass`, 'kong-internal'),
  ],
  'addon-gateway-unlicensed': [
    'The gateway is of the edition that wants a licence.',
    set('Application/argocd/kong-prod-us-east-1', `${VALUES}/image/repository`, 'docker.io/kong/kong-gateway'),
  ],
  'addon-gateway-refuses-uploads': [
    'The gateway refuses bodies that its routes let pass.',
    set('Application/argocd/kong-prod-us-east-1', `${VALUES}/env/nginx_http_client_max_body_size`, '1m'),
  ],
  'addon-clients-hidden': [
    'All clients have the address of the load balancer, and share one limit.',
    replace(
      'Application/argocd/kong-prod-us-east-1',
      `${VALUES}/proxy/annotations/service.beta.kubernetes.io~1aws-load-balancer-target-group-attributes`,
      'true',
      'false',
    ),
  ],
  'addon-definitions-old': [
    'A controller is newer than the definitions of its kinds.',
    set('Application/argocd/kserve-crds-prod-eu-west-1', '/spec/source/targetRevision', 'v0.13.0'),
    MESHED,
  ],
  'mesh-not-told': [
    'The control plane of an ambient mesh is told of no members.',
    drop('Application/argocd/istiod-prod-eu-west-1', `${VALUES}/profile`),
    MESHED,
  ],
  'mesh-part-missing': [
    'Nothing leads the traffic of members into their mesh.',
    remove('Application/argocd/istio-cni-prod-eu-west-1'),
    MESHED,
  ],
  'addon-namespace-other': [
    'An addon is installed into a namespace that nobody defines.',
    set(FLAGGER, '/spec/destination/namespace', 'flagger'),
  ],
  'waves-inverted': [
    'Applications are made before their project.',
    set(PROJECT, '/metadata/annotations/argocd.argoproj.io~1sync-wave', '5'),
  ],
  'addon-after-apps': [
    'Controllers are installed after what needs them.',
    set(FLAGGER, '/metadata/annotations/argocd.argoproj.io~1sync-wave', '3'),
  ],
  'sizes-updater-installed': [
    'What evicts pods to resize them is installed beside what recommends.',
    set(SIZES, `${VALUES}/updater/enabled`, true),
  ],
  'sizes-admission-by-default': ['A chart is left to install what resizes new pods.', drop(SIZES, `${VALUES}/admissionController`)],
  'sizes-recommender-off': ['The addon that recommends sizes does not.', set(SIZES, `${VALUES}/recommender/enabled`, false)],
  'sizes-value-misspelt': [
    'A chart is told to leave out a part that it calls otherwise.',
    set(SIZES, `${VALUES}/admission`, { enabled: false }),
  ],
  'sizes-addon-missing': ['Nobody installs the kind by which sizes are recommended.', remove(SIZES)],
  'app-missing': ['An app’s folder is gone, and its Application stays.', removeApp('litellm')],
  'object-in-two-apps': [
    'Two apps of a cluster deliver one object.',
    (draft) => {
      const [object] =
        draft.target.apps.find(({ name }) => name === 'litellm')?.manifests.filter(({ kind }) => kind === 'ServiceAccount') ?? [];
      if (object !== undefined) draft.add('edge', object);
    },
  ],

  'post-sync-with-canary': [
    'A PostSync hook waits for a whole release.',
    all(set('ConfigMap/llm/flagger-loadtester-payload', '/metadata/annotations', { 'argocd.argoproj.io/hook': 'PostSync' })),
  ],
  'waves-with-canary': [
    'An app with a Canary has two waves, and waits for a whole release.',
    set(ENGINE, '/metadata/annotations/argocd.argoproj.io~1sync-wave', '1'),
  ],
  'hook-misspelt': ['A hook’s phase does not exist.', set(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1hook', 'PreSynch')],
  'hook-policy-misspelt': [
    'A hook’s deletion policy does not exist.',
    set(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1hook-delete-policy', 'BeforeHookCreated'),
  ],
  'hook-never-deleted': [
    'A hook Job of a fixed name stays, and the next sync cannot change it.',
    set(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1hook-delete-policy', 'HookFailed'),
  ],
  'job-without-hook': [
    'A Job of a fixed name changes with its image, which is immutable.',
    all(
      drop(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1hook'),
      drop(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1hook-delete-policy'),
    ),
  ],
  'wave-malformed': ['A wave is no whole number.', set(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1sync-wave', 'first')],
  'dry-run-fails': ['A custom resource is tried before its kind is there.', drop('ExternalSecret/llm/llm-secrets', SYNC_OPTIONS)],
  'object-option-misspelt': [
    'A sync option of an object is misspelt, and so ignored.',
    set(CACHE, SYNC_OPTIONS, 'Prune=never,Delete=false'),
  ],
  'object-replaced': [
    'A released Deployment is replaced at every sync, with the replicas of Git.',
    set(ENGINE, '/metadata/annotations/argocd.argoproj.io~1sync-options', 'Replace=true'),
  ],
  'object-too-large': [
    'An object is larger than etcd takes.',
    set('ConfigMap/litellm/litellm-config', '/data/notes', 'all is well. '.repeat(200_000)),
  ],
  'object-forced': [
    'A Deployment is deleted and made again when it cannot be changed.',
    set(GATEWAY, '/metadata/annotations/argocd.argoproj.io~1sync-options', 'Force=true'),
  ],
  'canary-prunable': ['A Canary can be pruned without a question.', set(CANARY, SYNC_OPTIONS, 'SkipDryRunOnMissingResource=true')],
  'failed-canary-healthy': [
    'Argo CD takes a failed release for a healthy one.',
    replace(SETTINGS, CANARY_HEALTH, 'health.status = "Degraded"', 'health.status = "Healthy"'),
  ],
  'bootstrap-without-sets': [
    'The root may not deliver ApplicationSets.',
    drop('AppProject/argocd/argocd-bootstrap', '/spec/namespaceResourceWhitelist/kind=ApplicationSet'),
  ],
});
