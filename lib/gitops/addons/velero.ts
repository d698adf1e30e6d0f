import { backupPlaceOf } from '../../regions/backup-place';
import type { AzureBackupStore, Region } from '../../regions/region';
import { workloadIdentity } from '../../security/workload-identity';
import { tolerations } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR } from './addon';

/** Plugins for Velero 1.18, which put backups into a cloud's object storage and take snapshots of its disks. */
const PLUGINS = {
  s3: 'docker.io/velero/velero-plugin-for-aws:v1.14.2',
  'azure-blob': 'docker.io/velero/velero-plugin-for-microsoft-azure:v1.14.2',
} as const;

const unprivileged = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** Any but root: the image names its user by word, of which no kubelet can tell whether it is root. */
const USER = 65532;

/** Velero keeps the settings of its repositories of files in its home, which a user whom the image does not know has not. */
const home = { name: 'HOME', value: '/scratch' };

/**
 * Makes backups of volumes and objects, and brings them back. It has the rights of the cluster's administrator: a restore
 * creates whatever was there.
 *
 * @param cluster whose identity of the cloud reads and writes backups
 * @throws {RangeError} if the region names no place for backups
 */
export function velero(region: Region, cluster: string): Addon {
  const place = backupPlaceOf(region);
  const { annotations, podLabels } = workloadIdentity(region.cloud, `${cluster}-velero`);
  const plugin = PLUGINS[place.kind];
  const azure = place.kind === 'azure-blob' ? azureSettings(place) : undefined;

  return {
    name: 'velero',
    namespace: 'velero',
    source: {
      kind: 'chart',
      repository: 'https://vmware-tanzu.github.io/helm-charts',
      chart: 'velero',
      version: '12.1.0', // of Velero 1.18
      release: 'velero',
      values: {
        initContainers: [
          {
            name: 'plugin',
            image: plugin,
            securityContext: { ...unprivileged, readOnlyRootFilesystem: true },
            volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
          },
        ],
        nodeSelector: region.systemPool.labels,
        tolerations: tolerations(region.systemPool),
        podLabels,
        podSecurityContext: {
          runAsNonRoot: true,
          runAsUser: USER,
          runAsGroup: USER,
          fsGroup: USER,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containerSecurityContext: unprivileged,
        configuration: { extraEnvVars: [home] },
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
        serviceAccount: { server: { name: 'velero', annotations } },
        // An identity of the cloud, and no key that could be lost.
        credentials: { useSecret: false },
        // Where to and when is said in the app `backup`.
        backupsEnabled: false,
        snapshotsEnabled: false,
        // Argo CD brings the definitions up to date; the chart's Job would need an image of kubectl.
        upgradeCRDs: false,
        // On each node that runs pods with shared files, of which no snapshot is taken.
        deployNodeAgent: true,
        nodeAgent: {
          podLabels,
          resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '1Gi' } },
          ...azure?.mounted,
        },
        // A backup that fails raises an alert.
        metrics: { serviceMonitor: { enabled: true, autodetect: false } },
        ...azure?.values,
      },
    },
    installs: {
      kinds: [...controllerKinds, 'apps/DaemonSet', SERVICE_MONITOR],
      clusterKinds: controllerRights,
      definitions: ['velero.io'],
    },
  };
}

/** What Azure's plugin reads from a file: where the disks are. Nothing in it is secret. */
function azureSettings({ subscriptionId, nodeResourceGroup }: AzureBackupStore) {
  const file = [
    'AZURE_CLOUD_NAME=AzurePublicCloud',
    `AZURE_SUBSCRIPTION_ID=${subscriptionId}`,
    `AZURE_RESOURCE_GROUP=${nodeResourceGroup}`,
  ];
  const mounted = {
    extraVolumes: [{ name: 'azure', configMap: { name: 'velero-azure' } }],
    extraVolumeMounts: [{ name: 'azure', mountPath: '/etc/azure', readOnly: true }],
  };
  return {
    mounted,
    values: {
      ...mounted,
      // The chart puts its own name in front: velero-azure.
      configMaps: { azure: { data: { settings: `${file.join('\n')}\n` } } },
      configuration: { extraEnvVars: [home, { name: 'AZURE_CREDENTIALS_FILE', value: '/etc/azure/settings' }] },
    },
  };
}
