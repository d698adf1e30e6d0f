import { policies } from './sample-policies';
import type { Draft } from './sample-target';

const SECURITY = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
const PROBE = { httpGet: { path: '/health', port: 'http' } };
const RESOURCES = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } };

/** Kinds that no addon has to install. */
const SERVED = /^(v1|(apps|autoscaling|batch|policy|networking\.k8s\.io|scheduling\.k8s\.io|storage\.k8s\.io)\/.*)$/;

/** What no sync takes away, or not without a question. */
const REMOVAL: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['Namespace', 'PersistentVolumeClaim', 'Cluster'].map((kind) => [kind, ['Prune=false', 'Delete=false']])),
  Canary: ['Prune=confirm'],
};

const object = (apiVersion: string, id: string, namespace: string | undefined, { annotations, labels: given, ...body }: Draft): Draft => {
  const [kind, name] = id.split('/');
  const options = [...(SERVED.test(apiVersion) ? [] : ['SkipDryRunOnMissingResource=true']), ...(REMOVAL[kind ?? ''] ?? [])];
  const waits = options.length === 0 ? {} : { 'argocd.argoproj.io/sync-options': options.join(',') };
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(given && { labels: given }),
    annotations: { ...waits, ...annotations },
  };
  return { apiVersion, kind, metadata, ...body };
};

/** What no autoscaler moves. */
const STAYS = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' };

const labels = (name: string): Draft => ({ 'app.kubernetes.io/name': name, 'slipway.dev/workload': name });
const selector = (name: string): Draft => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const stable = (name: string): Draft => ({ matchLabels: { 'slipway.dev/workload': name } });

function pod(name: string, container: Draft, spec: Draft): Draft {
  return {
    metadata: { labels: labels(name), ...(container.resources?.limits?.['nvidia.com/gpu'] && { annotations: STAYS }) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name,
          image: `ghcr.io/fluxcd/${name}:1.2.3`,
          ports: [{ name: 'http', containerPort: 8080 }],
          livenessProbe: structuredClone(PROBE),
          readinessProbe: structuredClone(PROBE),
          resources: structuredClone(RESOURCES),
          securityContext: structuredClone(SECURITY),
          ...container,
        },
      ],
      ...spec,
    },
  };
}

const deny = (namespace: string): Draft =>
  object('networking.k8s.io/v1', 'NetworkPolicy/default-deny', namespace, {
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });

/** A web server with its configuration, a cache and a database; a model that Flagger releases; gateway and route. */
export function sampleObjects(): Draft[] {
  return structuredClone([...ground(), ...edge(), ...web(), ...model(), ...policies()]);
}

const limits = (namespace: string): Draft[] => [
  object('v1', `ResourceQuota/${namespace}-quota`, namespace, {
    spec: { hard: { pods: '100', 'requests.cpu': '1k', 'requests.memory': '9Ti', 'requests.nvidia.com/gpu': '100' } },
  }),
  object('v1', `LimitRange/${namespace}-limits`, namespace, {
    spec: { limits: [{ type: 'Container', default: { memory: '512Mi' }, defaultRequest: { cpu: '100m', memory: '128Mi' } }] },
  }),
];

const ground = (): Draft[] => [
  ...['app', 'llm', 'edge', 'monitoring', 'cnpg-system'].map((name) =>
    object('v1', `Namespace/${name}`, undefined, { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }),
  ),
  ...['app', 'llm', 'edge'].flatMap(limits),
  object('scheduling.k8s.io/v1', 'PriorityClass/serving', undefined, { value: 1000 }),
  object('storage.k8s.io/v1', 'StorageClass/block', undefined, { provisioner: 'efs.csi.aws.com', reclaimPolicy: 'Retain' }),
  object('cert-manager.io/v1', 'ClusterIssuer/internal', undefined, { spec: { selfSigned: {} } }),
  object('external-secrets.io/v1', 'ClusterSecretStore/platform', undefined, { spec: { provider: {} } }),
];

const edge = (): Draft[] => [
  object('gateway.networking.k8s.io/v1', 'GatewayClass/kong', undefined, { spec: {} }),
  object('cert-manager.io/v1', 'Certificate/public', 'edge', {
    spec: { secretName: 'public-tls', dnsNames: ['*.example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'internal' } },
  }),
  object('gateway.networking.k8s.io/v1', 'Gateway/public', 'edge', {
    spec: {
      gatewayClassName: 'kong',
      listeners: [
        {
          name: 'https',
          hostname: '*.example.com',
          port: 443,
          protocol: 'HTTPS',
          tls: { certificateRefs: [{ name: 'public-tls' }] },
          allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'app' } } } },
        },
        { name: 'models', port: 8000, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
      ],
    },
  }),
];

const web = (): Draft[] => [
  deny('app'),
  object('v1', 'ServiceAccount/web', 'app', { automountServiceAccountToken: false }),
  object('v1', 'ConfigMap/web-config', 'app', { data: { 'config.json': '{"log":"info"}' } }),
  object('external-secrets.io/v1', 'ExternalSecret/web-keys', 'app', {
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'platform' },
      target: { name: 'web-keys' },
      data: [{ secretKey: 'api-key', remoteRef: { key: 'web-api-key' } }],
    },
  }),
  object('apps/v1', 'Deployment/web', 'app', {
    spec: {
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: selector('web'),
      template: pod(
        'web',
        {
          env: [{ name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'web-keys', key: 'api-key' } } }],
          volumeMounts: [{ name: 'config', mountPath: '/etc/web' }],
        },
        {
          serviceAccountName: 'web',
          priorityClassName: 'serving',
          topologySpreadConstraints: [{ maxSkew: 1, labelSelector: stable('web') }],
          volumes: [{ name: 'config', configMap: { name: 'web-config' } }],
        },
      ),
    },
  }),
  object('v1', 'Service/web', 'app', {
    spec: { selector: { 'app.kubernetes.io/name': 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }),
  object('autoscaling/v2', 'HorizontalPodAutoscaler/web', 'app', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 4 },
  }),
  object('policy/v1', 'PodDisruptionBudget/web', 'app', { spec: { selector: stable('web'), maxUnavailable: 1 } }),
  object('monitoring.coreos.com/v1', 'ServiceMonitor/web', 'app', { spec: { selector: {}, endpoints: [{ port: 'http' }] } }),
  object('configuration.konghq.com/v1', 'KongPlugin/limits', 'app', {
    plugin: 'request-size-limiting',
    config: { allowed_payload_size: 8, size_unit: 'megabytes' },
  }),
  object('gateway.networking.k8s.io/v1', 'HTTPRoute/web', 'app', {
    annotations: { 'konghq.com/protocols': 'https' },
    spec: {
      parentRefs: [{ name: 'public', namespace: 'edge', sectionName: 'https' }],
      hostnames: ['web.example.com'],
      rules: [
        {
          backendRefs: [{ name: 'web', port: 80 }],
          timeouts: { backendRequest: '630s' },
          filters: [{ type: 'ExtensionRef', extensionRef: { kind: 'KongPlugin', name: 'limits' } }],
        },
      ],
    },
  }),
];

const model = (): Draft[] => [
  deny('llm'),
  object('networking.k8s.io/v1', 'NetworkPolicy/model-from-kong', 'llm', {
    spec: {
      podSelector: stable('model'),
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
              podSelector: { matchLabels: { 'slipway.dev/workload': 'kong' } },
            },
          ],
          ports: [{ port: 8080 }],
        },
      ],
    },
  }),
  object('apps/v1', 'Deployment/model', 'llm', {
    spec: {
      selector: selector('model'),
      template: pod(
        'model',
        {
          envFrom: [{ configMapRef: { name: 'model-release' } }],
          startupProbe: { ...structuredClone(PROBE), periodSeconds: 10, failureThreshold: 30 },
          resources: {
            requests: { cpu: '4', memory: '64Gi', 'nvidia.com/gpu': 2 },
            limits: { memory: '64Gi', 'nvidia.com/gpu': 2 },
          },
        },
        { volumes: [{ name: 'files', persistentVolumeClaim: { claimName: 'models' } }] },
      ),
    },
  }),
  object('v1', 'PersistentVolumeClaim/models', 'llm', {
    labels: { 'velero.io/exclude-from-backup': 'true' },
    spec: { storageClassName: 'block', accessModes: ['ReadWriteMany'], resources: { requests: { storage: '100Gi' } } },
  }),
  object('autoscaling/v2', 'HorizontalPodAutoscaler/model', 'llm', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'model' },
      minReplicas: 1,
      maxReplicas: 2,
      metrics: [],
      behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] } },
    },
  }),
  object('policy/v1', 'PodDisruptionBudget/model', 'llm', { spec: { selector: stable('model'), maxUnavailable: 1 } }),
  object('monitoring.coreos.com/v1', 'PodMonitor/model', 'llm', {
    spec: { selector: stable('model'), podMetricsEndpoints: [{ port: 'http' }] },
  }),
  object('v1', 'ConfigMap/model-release', 'llm', { data: { model: 'llama-3.3-70b', revision: '7f3a9c' } }),
  object('external-secrets.io/v1', 'ExternalSecret/on-call', 'llm', {
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'platform' },
      data: [{ secretKey: 'address', remoteRef: { key: 'on-call-webhook' } }],
    },
  }),
  object('flagger.app/v1beta1', 'AlertProvider/on-call', 'llm', { spec: { type: 'slack', secretRef: { name: 'on-call' } } }),
  object('flagger.app/v1beta1', 'MetricTemplate/errors', 'llm', {
    spec: {
      provider: { type: 'prometheus', address: 'http://prometheus.monitoring:9090' },
      query: 'sum(rate(http_requests_total{namespace="{{ namespace }}", pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"}[{{ interval }}]))',
    },
  }),
  object('flagger.app/v1beta1', 'Canary/model', 'llm', {
    annotations: { 'slipway.dev/marker-configmap': 'model-release', 'slipway.dev/marker-checksum': 'e96ea069f4af5a7c' },
    spec: {
      provider: 'gatewayapi:v1',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'model' },
      autoscalerRef: {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        name: 'model',
        primaryScalerReplicas: { minReplicas: 4, maxReplicas: 12 },
      },
      revertOnDeletion: true,
      service: {
        port: 8000,
        targetPort: 'http',
        hosts: ['model.internal'],
        gatewayRefs: [{ name: 'public', namespace: 'edge', sectionName: 'models' }],
        timeout: '10m',
        backendTimeout: '10m',
        apex: { annotations: { 'konghq.com/response-buffering': 'false' } },
      },
      analysis: {
        interval: '1m',
        threshold: 5,
        stepWeights: [5, 10, 20],
        metrics: [{ name: 'errors', templateRef: { name: 'errors' }, interval: '1m', thresholdRange: { max: 1 } }],
        alerts: [{ name: 'on-call', severity: 'error', providerRef: { name: 'on-call' } }],
        webhooks: [
          ...['pre-rollout', 'rollout'].map((type) => ({
            name: type === 'rollout' ? 'load' : 'warm-up',
            type,
            url: 'http://loadtester.tools/',
            metadata: { type: 'cmd', cmd: 'hey -z 3m -t 60 -m POST -D /payload/load.json http://model-canary.llm:8000/v1/completions' },
          })),
          {
            name: 'smoke-test',
            type: 'pre-rollout',
            url: 'http://loadtester.tools/',
            timeout: '90s',
            metadata: { type: 'bash', cmd: "curl -sf --max-time 60 -d '{}' http://model-canary.llm:8000/v1/completions" },
          },
        ],
      },
    },
  }),
  object('postgresql.cnpg.io/v1', 'Cluster/database', 'llm', {
    spec: {
      imageName: 'ghcr.io/cloudnative-pg/postgresql:16.4',
      storage: { storageClass: 'block' },
      resources: RESOURCES,
      backup: {
        barmanObjectStore: {
          destinationPath: 's3://backups/postgresql/llm',
          serverName: 'database-1',
          s3Credentials: { inheritFromIAMRole: true },
        },
        retentionPolicy: '30d',
      },
    },
  }),
  object('postgresql.cnpg.io/v1', 'ScheduledBackup/database', 'llm', {
    spec: { cluster: { name: 'database' }, schedule: '0 0 1 * * *' },
  }),
];
