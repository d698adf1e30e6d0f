import type { Pods } from './pods';

/** Namespaces of every cluster. */
export const CLUSTER_NAMESPACES: ReadonlySet<string> = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

/** The ConfigMap that Kubernetes puts into every namespace. */
export const CLUSTER_CONFIG_MAPS: ReadonlySet<string> = new Set(['kube-root-ca.crt']);

/** Priority classes of every cluster. */
export const CLUSTER_PRIORITY_CLASSES: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);

/** ClusterRoles that the API server makes for everyone. */
export const CLUSTER_ROLES: ReadonlySet<string> = new Set(['admin', 'cluster-admin', 'edit', 'view', 'system:auth-delegator']);

/** Pods that selectors of ours may mean although their charts are installed by Argo CD: DNS, Prometheus, and Kong's data planes. */
export const ADDON_PODS: readonly Pods[] = [
  addon('kube-system', 'k8s-app', 'kube-dns'),
  addon('monitoring', 'app.kubernetes.io/name', 'prometheus'),
  addon('edge', 'slipway.dev/workload', 'kong'),
  addon('edge', 'slipway.dev/workload', 'kong-internal'),
];

function addon(namespace: string, label: string, value: string): Pods {
  return { of: value, object: undefined, namespace, labels: { [label]: value }, ports: undefined, phase: 'only' };
}
