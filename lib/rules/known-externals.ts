import type { ContainerPort, Pods } from './pods';

/** Namespaces of every cluster. */
export const CLUSTER_NAMESPACES: ReadonlySet<string> = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

/** The ConfigMap that Kubernetes puts into every namespace. */
export const CLUSTER_CONFIG_MAPS: ReadonlySet<string> = new Set(['kube-root-ca.crt']);

/** Priority classes of every cluster. */
export const CLUSTER_PRIORITY_CLASSES: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);

/** Metrics that the adapter serves to autoscalers, as it is configured to. */
export const SERVED_METRICS: ReadonlySet<string> = new Set(['vllm_kv_cache_usage_perc', 'vllm_num_requests_waiting']);

/** ClusterRoles that the API server makes for everyone. */
export const CLUSTER_ROLES: ReadonlySet<string> = new Set([
  'admin',
  'cluster-admin',
  'edit',
  'view',
  'system:auth-delegator',
  'system:kube-scheduler',
  'system:volume-scheduler',
]);

/** Containers of Kong's chart: what its proxies listen on. */
const KONG_PORTS: readonly ContainerPort[] = [
  { name: 'proxy', containerPort: 8000 },
  { name: 'proxy-tls', containerPort: 8443 },
  { name: 'status', containerPort: 8100 },
  { name: 'cmetrics', containerPort: 10255 },
  { name: 'cstatus', containerPort: 10254 },
];

/** Figures of the proxy, and of its controller. */
const KONG_METRICS = [8100, 10255];

/** What Istio's gateway listens on, whether its chart declares it or not. */
const ISTIO_PORTS: readonly ContainerPort[] = [
  { name: 'http2', containerPort: 80 },
  { name: 'https', containerPort: 443 },
  { name: 'http-envoy-prom', containerPort: 15090 },
];

/** Pods that selectors of ours may mean although no manifest of ours makes them: DNS, controllers, gateways, Let's Encrypt's solvers. */
export const ADDON_PODS: readonly Pods[] = [
  addon('kube-system', 'k8s-app', 'kube-dns'),
  addon('monitoring', 'app.kubernetes.io/name', 'prometheus'),
  addon('monitoring', 'app', 'kube-prometheus-stack-operator'),
  addon('monitoring', 'app.kubernetes.io/name', 'kube-state-metrics'),
  addon('monitoring-system', 'app.kubernetes.io/name', 'prometheus-adapter'),
  { ...addon('cnpg-system', 'app.kubernetes.io/name', 'cloudnative-pg'), metrics: [8080] },
  { ...addon('flagger-system', 'app.kubernetes.io/name', 'flagger'), metrics: [8080] },
  { ...addon('istio-ingress', 'istio', 'ingressgateway', ISTIO_PORTS), metrics: [15090, 15020] },
  { ...addon('istio-system', 'app', 'istiod'), metrics: [15014] },
  { ...addon('istio-system', 'app', 'ztunnel'), metrics: [15020] },
  addon('knative-serving', 'app', '3scale-kourier-gateway', [{ containerPort: 8080 }, { containerPort: 8081 }]),
  addon('knative-serving', 'app', 'activator'),
  addon('knative-serving', 'app', 'autoscaler'),
  addon('kserve', 'control-plane', 'kserve-controller-manager'),
  { ...addon('edge', 'slipway.dev/workload', 'kong', KONG_PORTS), metrics: KONG_METRICS },
  { ...addon('edge', 'slipway.dev/workload', 'kong-internal', KONG_PORTS), metrics: KONG_METRICS },
  addon('edge', 'acme.cert-manager.io/http01-solver', 'true', [{ containerPort: 8089 }]),
];

function addon(namespace: string, label: string, value: string, ports?: readonly ContainerPort[]): Pods {
  return { of: `${label}=${value}`, object: undefined, namespace, labels: { [label]: value }, ports, phase: 'only' };
}
