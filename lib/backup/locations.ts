import type { BackupStorageLocationSpec, VolumeSnapshotLocationSpec } from '../../imports/velero.io';
import type { BackupPlace } from '../regions/backup-place';

/** Folder of Velero's objects: the archives of databases lie beside it. */
const PREFIX = 'velero';

/** The bucket or container, as the plugin of its cloud wants to be told. */
export function objectStorage(place: BackupPlace): Pick<BackupStorageLocationSpec, 'provider' | 'objectStorage' | 'config'> {
  if (place.kind === 's3')
    return { provider: 'aws', objectStorage: { bucket: place.bucket, prefix: PREFIX }, config: { region: place.region } };
  const { container, resourceGroup, storageAccount, subscriptionId } = place;
  return {
    provider: 'azure',
    objectStorage: { bucket: container, prefix: PREFIX },
    config: { resourceGroup, storageAccount, subscriptionId, useAAD: 'true' },
  };
}

/** Where the cloud keeps snapshots of disks. */
export function snapshots(place: BackupPlace): VolumeSnapshotLocationSpec {
  if (place.kind === 's3') return { provider: 'aws', config: { region: place.region } };
  const { resourceGroup, subscriptionId } = place;
  return { provider: 'azure', config: { resourceGroup, subscriptionId, incremental: 'true' } };
}
