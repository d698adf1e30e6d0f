import type { Construct } from 'constructs';

import {
  type ClusterSpec,
  ClusterSpecBackupBarmanObjectStoreDataCompression as DataCompression,
  ScheduledBackupSpecBackupOwnerReference as OwnerReference,
  ScheduledBackup,
  ScheduledBackupSpecMethod,
  ClusterSpecBackupBarmanObjectStoreWalCompression as WalCompression,
} from '../../imports/postgresql.cnpg.io';
import { fromAddon } from '../kubernetes/sync-options';
import { data } from '../kubernetes/sync-wave';
import type { BackupPlace } from '../regions/backup-place';
import type { Cloud } from '../regions/region';
import { workloadIdentity } from '../security/workload-identity';
import type { Recovery } from './postgres-settings';

/** Where the databases of a target are archived, and for how long. */
export interface DatabaseArchive {
  readonly cloud: Cloud;
  readonly place: BackupPlace;

  /** Role of the cloud that may write there. */
  readonly role: string;

  /** Hour of the daily base backup, UTC. */
  readonly hour: number;

  /** Days back to which any second can be restored. */
  readonly keepDays: number;
}

/** A cluster's place in the archive. */
interface Archived {
  readonly cluster: string;
  readonly namespace: string;
  readonly archive: DatabaseArchive;

  /** @default - a new cluster begins empty */
  readonly recovery: Recovery | undefined;
}

/** Name of the archive that a recovered cluster is made of. */
const SOURCE = 'archive';

/** What a cluster needs to archive whatever it writes, and to begin with what another one has written. */
export function archivedSpec({
  cluster,
  namespace,
  archive,
  recovery,
}: Archived): Pick<ClusterSpec, 'backup' | 'bootstrap' | 'externalClusters' | 'inheritedMetadata' | 'serviceAccountTemplate'> {
  const { annotations, podLabels } = workloadIdentity(archive.cloud, archive.role);
  const folder = folderOf(archive.place, namespace);
  return {
    serviceAccountTemplate: { metadata: { annotations } },
    ...(Object.keys(podLabels).length === 0 ? {} : { inheritedMetadata: { labels: podLabels } }),
    backup: {
      retentionPolicy: `${archive.keepDays}d`,
      barmanObjectStore: {
        ...folder,
        // The operator refuses to write into an archive that holds something: a recovered cluster begins one of its own.
        serverName: `${cluster}-${(recovery?.fromArchive ?? 0) + 1}`,
        data: { compression: DataCompression.GZIP },
        wal: { compression: WalCompression.GZIP },
      },
    },
    ...(recovery === undefined
      ? {}
      : {
          bootstrap: { recovery: { source: SOURCE, recoveryTarget: { targetTime: recovery.until } } },
          externalClusters: [{ name: SOURCE, barmanObjectStore: { ...folder, serverName: `${cluster}-${recovery.fromArchive}` } }],
        }),
  };
}

/** A base backup every day, and one at once: without it, the first day could not be restored. */
export function backUpDaily(scope: Construct, cluster: string, { hour }: DatabaseArchive): void {
  new ScheduledBackup(scope, 'scheduled-backup', {
    metadata: { name: cluster, annotations: { ...data, ...fromAddon } },
    spec: {
      cluster: { name: cluster },
      schedule: `0 0 ${hour} * * *`, // seconds come first
      immediate: true,
      method: ScheduledBackupSpecMethod.BARMAN_OBJECT_STORE,
      backupOwnerReference: OwnerReference.NONE, // backups outlive the schedule
    },
  });
}

/** A folder for the databases of a namespace, and the identity that may write there instead of a key. */
function folderOf(place: BackupPlace, namespace: string) {
  const folder = `postgresql/${namespace}`;
  if (place.kind === 's3') return { destinationPath: `s3://${place.bucket}/${folder}`, s3Credentials: { inheritFromIamRole: true } };
  return {
    destinationPath: `https://${place.storageAccount}.blob.core.windows.net/${place.container}/${folder}`,
    azureCredentials: { inheritFromAzureAd: true },
  };
}
