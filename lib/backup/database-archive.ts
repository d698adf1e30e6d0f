import type { DatabaseArchive } from '../data/postgres-archive';
import { backupPlaceOf } from '../regions/backup-place';
import type { Region } from '../regions/region';
import type { BackupSettings } from './backup-settings';

/**
 * Where the databases of a cluster are archived.
 *
 * @throws {RangeError} if the region names no place for backups
 */
export function databaseArchive(region: Region, { hour, keepDays }: BackupSettings, cluster: string): DatabaseArchive {
  return { cloud: region.cloud, place: backupPlaceOf(region), role: `${cluster}-database-backup`, hour, keepDays };
}
