import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { stringify } from 'yaml';

import { type Endpoint, httpUrl, type Peer, serviceHost } from '../kubernetes/endpoint';
import { exception } from '../kubernetes/exception';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { scrapePods } from '../observability/scrape';
import { connect } from '../security/connect';
import { configurationChecksum } from '../workloads/configuration-checksum';
import { resourcesOf } from '../workloads/sizes';

/** Properties for `LogCollector`. */
export interface LogCollectorProps {
  readonly image: string;

  /** Where logs are written. */
  readonly logs: Endpoint;
}

const NAME = 'log-collector';

/** Where agents of nodes are; the namespaces of apps admit no such pod. */
const NAMESPACE = 'kube-system';

const HEALTH_PORT = 13133;
const METRICS_PORT = 8888;

/** Where kubelet keeps what containers write, and where the collector keeps how far it has read. */
const LOGS = '/var/log/pods';
const POSITIONS = '/var/lib/slipway-log-collector';

const SIZE = { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } } as const;

const RESTRICTED_EXCEPTION = {
  owner: 'platform team',
  reason: 'logs of containers are files of the node that only root may read; it may do nothing else that root may',
  until: '2027-11-30',
};

const TOKEN_EXCEPTION = {
  owner: 'platform team',
  reason: 'it asks the API server whose pod a file is, and may read pods and nothing else',
  until: '2027-11-30',
};

const DENY_EXCEPTION = {
  owner: 'platform team',
  reason: 'kube-system belongs to the cluster; a policy lets Prometheus alone call these pods',
  until: '2027-11-30',
};

/** Reads what all containers of a node write, adds whose it is, and sends it to where logs are kept. One on every node. */
export class LogCollector extends Construct {
  constructor(scope: Construct, { image, logs }: LogCollectorProps) {
    super(scope, NAME);

    const files = { 'config.yaml': stringify(configuration(logs)) };
    const metadata = { name: NAME, namespace: NAMESPACE, annotations: beforeWorkloads };
    const peer: Peer = { name: NAME, namespace: NAMESPACE, pods: stablePods(NAME) };

    new k8s.KubeConfigMap(this, 'config', { metadata: { ...metadata, name: `${NAME}-config` }, data: files });
    new k8s.KubeServiceAccount(this, 'service-account', { metadata, automountServiceAccountToken: false });
    const name = 'slipway-log-collector';
    new k8s.KubeClusterRole(this, 'role', {
      metadata: { name, annotations: beforeWorkloads },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    });
    new k8s.KubeClusterRoleBinding(this, 'binding', {
      metadata: { name, annotations: beforeWorkloads },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }],
    });

    new k8s.KubeDaemonSet(this, 'daemon-set', {
      metadata: {
        ...{ name: NAME, namespace: NAMESPACE, labels: podLabels(NAME) },
        annotations: {
          ...exception('restricted-pods', RESTRICTED_EXCEPTION),
          ...exception('no-token-mounted', TOKEN_EXCEPTION),
          ...exception('default-deny', DENY_EXCEPTION),
        },
      },
      spec: {
        selector: { matchLabels: selectorOf(NAME) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') } },
        template: { metadata: { labels: podLabels(NAME), annotations: configurationChecksum(files) }, spec: podSpec(image) },
      },
    });

    connect(peer, logs);
    const metrics = { ...peer, scope: this, host: serviceHost(NAME, NAMESPACE), port: METRICS_PORT, podPort: METRICS_PORT };
    scrapePods(metrics, { port: 'metrics' });
  }
}

function podSpec(image: string): k8s.PodSpec {
  const health = { httpGet: { path: '/', port: k8s.IntOrString.fromString('health') } };
  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: true, // it asks whose pod a file is
    enableServiceLinks: false,
    priorityClassName: 'system-node-critical',
    tolerations: [{ operator: 'Exists' }],
    securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: NAME,
        image,
        imagePullPolicy: 'IfNotPresent',
        args: ['--config=/etc/otel/config.yaml'],
        ports: [
          { name: 'health', containerPort: HEALTH_PORT },
          { name: 'metrics', containerPort: METRICS_PORT },
        ],
        env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
        resources: resourcesOf(SIZE),
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        livenessProbe: { ...health, timeoutSeconds: 5, periodSeconds: 20, failureThreshold: 6 },
        readinessProbe: { ...health, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3 },
        volumeMounts: [
          { name: 'config', mountPath: '/etc/otel', readOnly: true },
          { name: 'logs', mountPath: LOGS, readOnly: true },
          { name: 'positions', mountPath: POSITIONS },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: `${NAME}-config` } },
      { name: 'logs', hostPath: { path: LOGS, type: 'Directory' } },
      { name: 'positions', hostPath: { path: POSITIONS, type: 'DirectoryOrCreate' } },
    ],
  };
}

/** Configuration of the collector. Namespace, pod and container are in the path of a file; the service is a label of the pod. */
function configuration(logs: Endpoint): object {
  const label = 'app.kubernetes.io/name';
  return {
    receivers: {
      filelog: {
        include: [`${LOGS}/*/*/*.log`],
        // What it writes about what it reads would be read again.
        exclude: [`${LOGS}/${NAMESPACE}_${NAME}-*/*/*.log`],
        include_file_path: true,
        include_file_name: false,
        start_at: 'end',
        storage: 'file_storage',
        retry_on_failure: { enabled: true },
        operators: [{ type: 'container', id: 'container-parser' }],
      },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
      k8sattributes: {
        auth_type: 'serviceAccount',
        filter: { node_from_env_var: 'NODE_NAME' },
        extract: {
          metadata: ['k8s.namespace.name', 'k8s.pod.name', 'k8s.node.name'],
          labels: [{ tag_name: label, key: label, from: 'pod' }],
        },
        pod_association: [{ sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] }],
      },
      batch: {},
    },
    exporters: { otlphttp: { endpoint: `${httpUrl(logs)}/otlp` } },
    extensions: { health_check: { endpoint: `0.0.0.0:${HEALTH_PORT}` }, file_storage: { directory: POSITIONS } },
    service: {
      extensions: ['health_check', 'file_storage'],
      telemetry: {
        metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS_PORT } } } }] },
        logs: { level: 'info', encoding: 'json' },
      },
      pipelines: {
        logs: { receivers: ['filelog'], processors: ['memory_limiter', 'k8sattributes', 'batch'], exporters: ['otlphttp'] },
      },
    },
  };
}
