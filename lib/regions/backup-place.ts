import type { AzureBackupStore, Region, S3BackupStore } from './region';

/** A place for backups, with all that its clients want to know. */
export type BackupPlace = (S3BackupStore & { readonly region: string }) | AzureBackupStore;

/**
 * Where backups of a region are kept.
 *
 * @throws {RangeError} if the region names no such place, or one in another cloud than its own
 */
export function backupPlaceOf({ name, cloud, backupStore }: Region): BackupPlace {
  if (backupStore === undefined) {
    throw new RangeError(`Cannot back up "${name}" as the region names no place for it: give it a backupStore`);
  }
  if (backupStore.kind === 's3' && cloud.kind === 'aws') return { ...backupStore, region: cloud.region };
  if (backupStore.kind === 'azure-blob' && cloud.kind === 'azure') return backupStore;
  throw new RangeError(`Cannot back up "${name}" to ${backupStore.kind} as its cloud is ${cloud.kind}: name a place in its own cloud`);
}
