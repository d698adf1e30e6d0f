import type { NodePool } from '../../regions/region';
import { placed } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR } from './addon';

/**
 * The Prometheus Operator, with the exporters of nodes and of cluster objects. Prometheus, Alertmanager and Grafana are not among what
 * the chart brings: their resources are synthesized, so that reviewers read them and rules hold them against the rest of a target.
 *
 * @param nodes those that it runs on where there is room
 */
export function prometheusStack(nodes: NodePool): Addon {
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
        ...{ prometheus: off, alertmanager: off, grafana: off },
        // Alerts that wake somebody have a severity that is routed and a page of ours that tells what to do.
        defaultRules: { create: false },
        prometheusOperator: {
          ...placement,
          // The certificate of its webhooks is made by a Job at every sync, and what they check was checked before it reached Git.
          admissionWebhooks: { enabled: false },
          tls: { enabled: false },
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        },
        'kube-state-metrics': { ...placement, resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } } },
        // It shares network and processes with its node, which the namespace of the others does not admit.
        'prometheus-node-exporter': {
          namespaceOverride: NODE_NAMESPACE,
          resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        },
        // Parts of the control plane that managed clusters do not show, and local ones bind to their own address.
        ...{ kubeControllerManager: off, kubeEtcd: off, kubeProxy: off, kubeScheduler: off },
      },
    },
    installs: {
      kinds: [...controllerKinds, 'apps/DaemonSet', SERVICE_MONITOR],
      clusterKinds: controllerRights,
      definitions: [],
      kubeSystem: true,
      alsoIn: [NODE_NAMESPACE],
    },
  };
}

const NODE_NAMESPACE = 'monitoring-system';

const off = { enabled: false };
