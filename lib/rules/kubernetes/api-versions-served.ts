import { there } from '../references/there';
import type { Rule } from '../rule';

/**
 * Kinds by the group and version under which every supported cluster serves them: Kubernetes 1.27 to 1.36, and the pinned
 * versions of the addons.
 */
const SERVED: Readonly<Record<string, string>> = {
  v1: 'ConfigMap Endpoints LimitRange Namespace PersistentVolume PersistentVolumeClaim Pod ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io/v1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'apps/v1': 'DaemonSet Deployment ReplicaSet StatefulSet',
  'autoscaling/v1': 'HorizontalPodAutoscaler',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'coordination.k8s.io/v1': 'Lease',
  'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
  'node.k8s.io/v1': 'RuntimeClass',
  'policy/v1': 'PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSIDriver StorageClass VolumeAttachment',

  'argoproj.io/v1alpha1': 'AppProject Application ApplicationSet',
  'cert-manager.io/v1': 'Certificate ClusterIssuer Issuer',
  'configuration.konghq.com/v1': 'KongClusterPlugin KongConsumer KongIngress KongPlugin',
  'configuration.konghq.com/v1beta1': 'KongConsumerGroup KongUpstreamPolicy TCPIngress',
  'external-secrets.io/v1': 'ClusterExternalSecret ClusterSecretStore ExternalSecret SecretStore',
  'flagger.app/v1beta1': 'AlertProvider Canary MetricTemplate',
  'gateway.networking.k8s.io/v1': 'GRPCRoute Gateway GatewayClass HTTPRoute',
  'gateway.networking.k8s.io/v1beta1': 'ReferenceGrant',
  'keda.sh/v1alpha1': 'ClusterTriggerAuthentication ScaledJob ScaledObject TriggerAuthentication',
  'metallb.io/v1beta1': 'BGPAdvertisement IPAddressPool L2Advertisement',
  'metallb.io/v1beta2': 'BGPPeer',
  'monitoring.coreos.com/v1': 'Alertmanager PodMonitor Probe Prometheus PrometheusRule ServiceMonitor',
  'monitoring.coreos.com/v1alpha1': 'AlertmanagerConfig',
  'postgresql.cnpg.io/v1': 'Backup Cluster Database Pooler ScheduledBackup',
  'serving.kserve.io/v1alpha1': 'ClusterServingRuntime ServingRuntime',
  'serving.kserve.io/v1beta1': 'InferenceService',
  'snapshot.storage.k8s.io/v1': 'VolumeSnapshot VolumeSnapshotClass',
  'velero.io/v1': 'BackupStorageLocation Schedule VolumeSnapshotLocation',
};

const KINDS = new Map(Object.entries(SERVED).map(([version, kinds]) => [version, new Set(kinds.split(' '))]));

export const apiVersionsServed: Rule = {
  id: 'api-versions-served',
  title: 'Every object is of a version that all supported clusters serve.',
  why: 'An API server refuses what it does not serve, or no longer serves after its next upgrade, and the sync fails with it.',
  fix: 'Use a version that is there; what a new addon or a newer pin serves is added to lib/rules/kubernetes/api-versions-served.ts.',
  *check(target) {
    for (const object of target.objects) {
      const { apiVersion, kind } = object;
      if (KINDS.get(apiVersion)?.has(kind) === true) continue;
      const versions = [...KINDS].filter(([, kinds]) => kinds.has(kind)).map(([version]) => version);
      if (versions.length > 0)
        yield { object, field: '/apiVersion', message: `is ${apiVersion}, which serves no ${kind}${there(versions)}` };
      else yield { object, field: '/kind', message: `is ${kind}, a kind that nobody serves in ${apiVersion}` };
    }
  },
};
