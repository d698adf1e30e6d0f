import { DATA_BLOCK } from '../../kubernetes/storage-classes';
import { fromAddon } from '../../kubernetes/sync-options';
import type { Platform } from '../../regions/platform';
import type { NodePool } from '../../regions/region';
import { SECRET_STORE, secretStore } from '../../security/secret-store';
import { placed } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights } from './addon';
import type { MonitoringSettings } from './monitoring-settings';

/** Secret that holds the name and the password of Grafana's first user. */
const GRAFANA_ADMIN = 'grafana-admin';

/** Metrics that canaries are judged by must be younger than a step of their analysis. */
const INTERVAL = '15s';

/** Properties for `prometheusStack`. */
export interface PrometheusStackProps {
  /** Where the metrics come from, on every series that leaves the cluster. */
  readonly labels: { readonly environment: string; readonly region: string };
  readonly settings: MonitoringSettings;
  readonly platform: Platform;

  /** Nodes that it runs on where there is room. */
  readonly nodes: NodePool;
}

/** Prometheus, Alertmanager and Grafana, run by the Prometheus Operator, with the exporters of nodes and cluster objects. */
export function prometheusStack({ labels, settings, platform, nodes }: PrometheusStackProps): Addon {
  const placement = placed({ pool: nodes });
  return {
    name: 'prometheus',
    namespace: 'monitoring',
    source: {
      kind: 'chart',
      repository: 'https://prometheus-community.github.io/helm-charts',
      chart: 'kube-prometheus-stack',
      version: '88.5.2', // of operator 0.93.0
      release: 'prometheus',
      values: {
        crds: { enabled: false }, // an addon of their own brings them
        prometheus: { prometheusSpec: { ...prometheusSpec, ...sized(settings), ...placement, externalLabels: labels } },
        prometheusOperator: {
          ...placement,
          // The certificate of its webhooks is made by a Job at every sync, and what they check was checked before it reached Git.
          admissionWebhooks: { enabled: false },
          tls: { enabled: false },
        },
        alertmanager: {
          alertmanagerSpec: {
            replicas: settings.replicas,
            ...placement,
            storage: claim(1),
            alertmanagerConfigSelector: {},
            alertmanagerConfigNamespaceSelector: {},
            // Otherwise each configuration would hear the alerts of its own namespace only.
            alertmanagerConfigMatcherStrategy: { type: 'None' },
          },
        },
        'kube-state-metrics': placement,
        grafana: {
          ...placement,
          // The chart would make up a password at every rendering.
          admin: { existingSecret: GRAFANA_ADMIN, userKey: 'user', passwordKey: 'password' },
          // Dashboards come as ConfigMaps from the apps they show.
          sidecar: { dashboards: { searchNamespace: 'ALL' } },
        },
        // Parts of the control plane that managed clusters do not show, and local ones bind to their own address.
        ...{ kubeControllerManager: off, kubeEtcd: off, kubeProxy: off, kubeScheduler: off },
        extraManifests: [grafanaAdmin(platform)],
      },
    },
    installs: {
      kinds: [...controllerKinds, 'apps/DaemonSet', 'apps/StatefulSet', 'external-secrets.io/ExternalSecret', ...OPERATED],
      clusterKinds: controllerRights,
      definitions: [],
      kubeSystem: true,
    },
  };
}

const off = { enabled: false };

const OPERATED = ['Alertmanager', 'Prometheus', 'PrometheusRule', 'PodMonitor', 'ServiceMonitor'].map(
  (kind) => `monitoring.coreos.com/${kind}`,
);

/** Every monitor and every rule in every namespace counts; the chart's default is those of its own release. */
const prometheusSpec = {
  scrapeInterval: INTERVAL,
  evaluationInterval: INTERVAL,
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  ruleSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
};

function sized({ replicas, retentionDays, sizeGiB }: MonitoringSettings): object {
  return {
    replicas,
    podAntiAffinity: 'soft',
    retention: `${retentionDays}d`,
    // What is older makes room before the volume is full: a full one stops Prometheus, and with it every canary.
    retentionSize: `${Math.floor(sizeGiB * 0.85 * 1024)}MiB`,
    storageSpec: claim(sizeGiB),
    resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } },
  };
}

const claim = (sizeGiB: number): object => ({
  volumeClaimTemplate: {
    spec: { storageClassName: DATA_BLOCK, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${sizeGiB}Gi` } } },
  },
});

function grafanaAdmin(platform: Platform): object {
  const { reference } = secretStore(platform);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: GRAFANA_ADMIN, namespace: 'monitoring', annotations: fromAddon },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: SECRET_STORE },
      target: { name: GRAFANA_ADMIN, deletionPolicy: 'Retain' },
      data: ['user', 'password'].map((key) => ({ secretKey: key, remoteRef: reference(`grafana-admin-${key}`) })),
    },
  };
}
