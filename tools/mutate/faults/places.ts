import { drop, rename, replace, set } from '../edits';
import { chapter } from '../fault';

const KIVA = 'prod/germanywestcentral';
const VALUES = '/spec/source/helm/valuesObject';
const SETS = 'ApplicationSet/argocd/apps-prod';
const PROJECT = 'AppProject/argocd/apps-prod';
const PROMETHEUS = 'Prometheus/monitoring/prometheus';
const STORE = 'ClusterSecretStore/platform';
const addon = (name: string) => `Application/argocd/${name}-prod-germanywestcentral`;
const value = (name: string, field: string, to: unknown) => set(addon(name), `${VALUES}${field}`, to);

export const places = chapter('Clouds, addons and Argo CD elsewhere', {
  'store-vault-other': [
    'Secrets come from the vault of another environment.',
    set(STORE, '/spec/provider/azurekv/vaultUrl', 'https://kiva-dev.vault.azure.net'),
    KIVA,
  ],
  'store-tenant-other': [
    'Secrets are looked for in another tenant.',
    set(STORE, '/spec/provider/azurekv/tenantId', '00000000-0000-0000-0000-000000000009'),
    KIVA,
  ],
  'store-of-other-cloud': [
    'Secrets are looked for in another cloud.',
    set(STORE, '/spec/provider', { aws: { service: 'SecretsManager', region: 'eu-central-1' } }),
    KIVA,
  ],
  'identity-of-other-environment': [
    'Secrets are read under the identity of another environment.',
    set(
      'ServiceAccount/external-secrets/secret-store',
      '/metadata/annotations/azure.workload.identity~1client-id',
      '00000000-0000-0000-0000-00000000000b',
    ),
    KIVA,
  ],
  'role-of-other-account': [
    'Secrets are read under a role of another account.',
    set(
      'ServiceAccount/external-secrets/secret-store',
      '/metadata/annotations/eks.amazonaws.com~1role-arn',
      'arn:aws:iam::444455556666:role/secret-store',
    ),
  ],
  'class-of-other-cloud': [
    'Disks are made by the driver of another cloud.',
    set('StorageClass/data-block', '/provisioner', 'ebs.csi.aws.com'),
    KIVA,
  ],
  'class-binds-at-once': [
    'A disk is made before its pod has a zone.',
    set('StorageClass/data-block', '/volumeBindingMode', 'Immediate'),
    KIVA,
  ],
  'class-kind-misspelt': ['A kind of disk does not exist.', set('StorageClass/data-block', '/parameters/skuName', 'Premium_SSD'), KIVA],
  'priority-of-system': ['A priority is one of Kubernetes’ own.', set('PriorityClass/gpu-inference', '/value', 2_000_000_000), KIVA],
  'pool-addresses-other': [
    'Load balancers take addresses that the network did not leave.',
    set('IPAddressPool/metallb-system/local-network', '/spec/addresses/0', '10.64.140.43-10.64.140.99'),
    'dev/local',
  ],
  'pod-security-version-malformed': [
    'Pod Security is of a version that does not exist.',
    set('Namespace/kiva', '/metadata/labels/pod-security.kubernetes.io~1enforce-version', '1.34'),
    KIVA,
  ],
  'set-revision-other': ['One set follows another branch.', set(SETS, '/spec/template/spec/source/targetRevision', 'mian'), KIVA],
  'set-leaves-extraneous': [
    'What Git no longer holds is not looked at.',
    set(SETS, '/spec/template/metadata/annotations/argocd.argoproj.io~1compare-options', 'IgnoreExtraneous'),
    KIVA,
  ],
  'set-skips': [
    'Applications do nothing.',
    set(SETS, '/spec/template/metadata/annotations/argocd.argoproj.io~1skip-reconcile', 'true'),
    KIVA,
  ],
  'window-for-nobody': [
    'A sync window is for Applications that do not exist.',
    set(PROJECT, '/spec/syncWindows/0/applications', ['litelm-*']),
    KIVA,
  ],
  'project-open': ['Applications of any namespace may use a project.', set(PROJECT, '/spec/sourceNamespaces', ['*']), KIVA],
  'project-role-wide': [
    'A role of a project may do anything.',
    set(PROJECT, '/spec/roles', [{ name: 'ci', policies: ['p, proj:apps-prod:ci, applications, *, apps-prod/*, allow'] }]),
    KIVA,
  ],
  'subscription-misspelt': [
    'A project tells nobody of its deployments.',
    rename(
      PROJECT,
      '/metadata/annotations/notifications.argoproj.io~1subscribe.on-deployed.slack',
      'notifications.argoproj.io/subscribe.on-deploy.slack',
    ),
    KIVA,
  ],
  'gateway-inside': ['The public gateway is inside the cluster alone.', value('kong', '/proxy/type', 'ClusterIP'), KIVA],
  'gateway-outside': ['The internal gateway is public.', value('kong-internal', '/proxy/type', 'LoadBalancer'), KIVA],
  'gateway-class-of-nobody': [
    'The gateway reads plugins of a class that nobody writes.',
    value('kong', '/ingressController/ingressClass', 'nginx'),
    KIVA,
  ],
  'gateway-above-quota': ['The gateway has more pods than its quota allows.', value('kong', '/replicaCount', 100), KIVA],
  'value-misspelt': ['A value of a chart is misspelt.', rename(addon('kong'), `${VALUES}/replicaCount`, 'replicas'), KIVA],
  'flagger-of-one-namespace': ['Flagger looks into another namespace alone.', value('flagger', '/namespace', 'default'), KIVA],
  'flagger-of-other-cluster': [
    'Flagger’s messages are in the name of another cluster.',
    value('flagger', '/clusterName', 'prod-us-east-1'),
    KIVA,
  ],
  'challenges-without-gateway': [
    'The controller of certificates does not know of Gateways.',
    value('cert-manager', '/config/gatewayAPI/enabled', false),
    KIVA,
  ],
  'definitions-missing': ['The controller of certificates brings no kinds.', value('cert-manager', '/crds/enabled', false), KIVA],
  'definitions-off': ['External Secrets brings no kinds.', value('external-secrets', '/installCRDs', false), KIVA],
  'adapter-asks-elsewhere': [
    'The adapter asks a Prometheus that does not exist.',
    value('prometheus-adapter', '/prometheus/url', 'http://prometheus.monitoring.svc'),
    KIVA,
  ],
  'adapter-port-wrong': ['The adapter asks Prometheus on port 80.', value('prometheus-adapter', '/prometheus/port', 80), KIVA],
  'adapter-series-misspelt': [
    'The adapter looks for a metric that the engine does not export.',
    replace(addon('prometheus-adapter'), `${VALUES}/rules/custom/0/seriesQuery`, 'vllm:', 'vlm:'),
    KIVA,
  ],
  'adapter-name-other': [
    'The adapter serves a metric under another name.',
    replace(addon('prometheus-adapter'), `${VALUES}/rules/custom/0/name/as`, 'vllm_', 'vllm:'),
    KIVA,
  ],
  'retention-malformed': ['Metrics are kept for a time that is no duration.', set(PROMETHEUS, '/spec/retention', '15 days'), KIVA],
  'monitors-unread': ['Prometheus reads no PodMonitor.', drop(PROMETHEUS, '/spec/podMonitorSelector'), KIVA],
  'monitors-of-others-unread': [
    'Prometheus reads monitors of its own namespace alone.',
    drop(PROMETHEUS, '/spec/serviceMonitorNamespaceSelector'),
    KIVA,
  ],
  'metrics-class-missing': [
    'Metrics are kept on a class that does not exist.',
    set(PROMETHEUS, '/spec/storage/volumeClaimTemplate/spec/storageClassName', 'gp3'),
    KIVA,
  ],
  'alerts-unheard': [
    'Alerts are routed to nobody.',
    set('AlertmanagerConfig/monitoring/alert-routing', '/spec/route/receiver', 'oncall'),
    KIVA,
  ],
  'alerts-lead-nowhere': ['Prometheus sends its alerts to nobody.', drop(PROMETHEUS, '/spec/alerting'), KIVA],
  'drivers-kept-off': [
    'Drivers do not come onto the GPU nodes.',
    value('gpu-operator', '/daemonsets/tolerations/0/key', 'nvidia.com/gpu'),
    KIVA,
  ],
  'limit-entry-dropped': ['A store serves one namespace less.', drop(STORE, '/spec/conditions/0/namespaces/1'), KIVA],
  'chat-asks-other-region': [
    'A chat in the EU asks models in the United States.',
    set(
      'Deployment/gpt/chat-service',
      '/spec/template/spec/containers/0/env/name=LLM_BASE_URL/value',
      'https://us-east-1.api.llm-production.com/v1',
    ),
    'prod/eu-west-1',
  ],
});
