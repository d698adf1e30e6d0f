import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { stringify } from 'yaml';

import { type Peer, serviceHost } from '../kubernetes/endpoint';
import { exception } from '../kubernetes/exception';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { envFromSecret, type SecretEnv } from '../kubernetes/secret-key';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { deliverLogin, WRITER } from '../observability/elasticsearch';
import type { LogDestination } from '../observability/logs';
import { scrapePods } from '../observability/scrape';
import { connect } from '../security/connect';
import type { SecretStore } from '../security/secret-store';
import { configurationChecksum } from '../workloads/configuration-checksum';
import { resourcesOf } from '../workloads/sizes';
import { HEALTH_PORT, LOGS, logCollectorConfig, METRICS_PORT, POSITIONS } from './log-collector-config';

/** Properties for `LogCollector`. */
export interface LogCollectorProps {
  readonly image: string;

  /** Where logs are written. */
  readonly logs: LogDestination;

  /** Knows the credentials of a destination that asks for them. */
  readonly store: SecretStore;
}

const NAME = 'log-collector';

/** Where agents of nodes are; the namespaces of apps admit no such pod. Its network denies nothing. */
export const AGENTS = 'kube-system';

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
  constructor(scope: Construct, { image, logs, store }: LogCollectorProps) {
    super(scope, NAME);

    const files = { 'config.yaml': stringify(logCollectorConfig({ name: NAME, namespace: AGENTS }, logs)) };
    const metadata = { name: NAME, namespace: AGENTS, annotations: beforeWorkloads };
    const peer: Peer = { name: NAME, namespace: AGENTS, pods: stablePods(NAME) };

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
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: AGENTS }],
    });

    new k8s.KubeDaemonSet(this, 'daemon-set', {
      metadata: {
        ...{ name: NAME, namespace: AGENTS, labels: podLabels(NAME) },
        annotations: {
          ...exception('restricted-pods', RESTRICTED_EXCEPTION),
          ...exception('no-token-mounted', TOKEN_EXCEPTION),
          ...exception('default-deny', DENY_EXCEPTION),
        },
      },
      spec: {
        selector: { matchLabels: selectorOf(NAME) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') } },
        template: {
          metadata: { labels: podLabels(NAME), annotations: configurationChecksum(files) },
          spec: podSpec(image, this.login(logs, store)),
        },
      },
    });

    if (logs.kind === 'loki') connect(peer, logs.endpoint);
    const metrics = { ...peer, scope: this, host: serviceHost(NAME, AGENTS), port: METRICS_PORT, podPort: METRICS_PORT };
    scrapePods(metrics, { port: 'metrics' });
  }

  /** Whom it writes as, where the destination asks. */
  private login(logs: LogDestination, store: SecretStore): readonly SecretEnv[] {
    if (logs.kind === 'loki') return [];
    const { user, password } = deliverLogin(this, 'log-storage', { store, namespace: AGENTS });
    return [envFromSecret(WRITER.user, user), envFromSecret(WRITER.password, password)];
  }
}

function podSpec(image: string, login: readonly SecretEnv[]): k8s.PodSpec {
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
        env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }, ...login],
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
