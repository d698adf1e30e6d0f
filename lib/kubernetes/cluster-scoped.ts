import { groupOf, type Manifest } from './manifest';

/** The cluster-scoped kinds that Slipway writes, by API group. */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'PersistentVolume'],
  'cert-manager.io': ['ClusterIssuer'],
  'configuration.konghq.com': ['KongClusterPlugin'],
  'external-secrets.io': ['ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'networking.internal.knative.dev': ['ClusterDomainClaim'],
  'policies.kyverno.io': ['ImageValidatingPolicy', 'ValidatingPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io': ['PriorityClass'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass'],
  'storage.k8s.io': ['StorageClass'],
};

/** Whether an object lives outside of every namespace. */
export function isClusterScoped(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return CLUSTER_SCOPED[groupOf(manifest)]?.includes(manifest.kind) ?? false;
}
