/** Versions of Kubernetes that Slipway supports: what it writes is served by the oldest and by the newest. */
export const SUPPORTED = { oldest: '1.27', newest: '1.36' } as const;

/**
 * What API servers from the oldest to the newest supported version serve, and what the pinned addons add: kinds by group and
 * version. Kubernetes' deprecation guide, and the definitions that the addons install.
 */
export const SERVED_APIS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'autoscaling.k8s.io/v1': ['VerticalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'cert-manager.io/v1': ['Certificate', 'ClusterIssuer', 'Issuer'],
  'configuration.konghq.com/v1': ['KongClusterPlugin', 'KongConsumer', 'KongPlugin'],
  'configuration.konghq.com/v1beta1': ['KongConsumerGroup', 'KongUpstreamPolicy'],
  'external-secrets.io/v1': ['ClusterExternalSecret', 'ClusterSecretStore', 'ExternalSecret', 'SecretStore'],
  'flagger.app/v1beta1': ['AlertProvider', 'Canary', 'MetricTemplate'],
  'gateway.networking.k8s.io/v1': ['GRPCRoute', 'Gateway', 'GatewayClass', 'HTTPRoute'],
  'gateway.networking.k8s.io/v1beta1': ['ReferenceGrant'],
  'metallb.io/v1beta1': ['IPAddressPool', 'L2Advertisement'],
  'monitoring.coreos.com/v1': ['Alertmanager', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusRule', 'ServiceMonitor'],
  'monitoring.coreos.com/v1alpha1': ['AlertmanagerConfig', 'ScrapeConfig'],
  'networking.internal.knative.dev/v1alpha1': ['ClusterDomainClaim'],
  'networking.istio.io/v1': ['Gateway', 'VirtualService'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'nvidia.com/v1': ['ClusterPolicy'],
  'operator.knative.dev/v1beta1': ['KnativeServing'],
  'policies.kyverno.io/v1beta1': ['ImageValidatingPolicy', 'ValidatingPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'postgresql.cnpg.io/v1': ['Backup', 'Cluster', 'ClusterImageCatalog', 'Database', 'ImageCatalog', 'Pooler', 'ScheduledBackup'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'security.istio.io/v1': ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
  'serving.kserve.io/v1alpha1': ['ServingRuntime'],
  'serving.kserve.io/v1beta1': ['InferenceService'],
  'serving.knative.dev/v1beta1': ['DomainMapping'],
  'snapshot.storage.k8s.io/v1': ['VolumeSnapshotClass'],
  'storage.k8s.io/v1': ['StorageClass'],
  'velero.io/v1': ['Backup', 'BackupStorageLocation', 'Restore', 'Schedule', 'VolumeSnapshotLocation'],
};

/** Versions that are gone, and the release of Kubernetes without them. */
export const REMOVED: Readonly<Record<string, string>> = {
  'apps/v1beta1': '1.16',
  'apps/v1beta2': '1.16',
  'extensions/v1beta1': '1.22',
  'networking.k8s.io/v1beta1': '1.22',
  'rbac.authorization.k8s.io/v1beta1': '1.22',
  'scheduling.k8s.io/v1beta1': '1.22',
  'admissionregistration.k8s.io/v1beta1': '1.22',
  'batch/v1beta1': '1.25',
  'policy/v1beta1': '1.25',
  'autoscaling/v2beta1': '1.25',
  'autoscaling/v2beta2': '1.26',
  'storage.k8s.io/v1beta1': '1.27',
};
