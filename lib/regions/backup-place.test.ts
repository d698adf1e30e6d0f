import { gke } from '../environments/platforms';
import { germanyWestCentral, local, usWest2 } from '../environments/regions';
import { backupPlaceOf } from './backup-place';

test('is what the region names', () => {
  expect(backupPlaceOf(usWest2)).toEqual({ kind: 's3', bucket: 'llm-backups-us-west-2', region: 'us-west-2' });
});

test('fails for a region that names none', () => {
  expect(() => backupPlaceOf(local)).toThrow('Cannot back up "local" as the region names no place for it: give it a backupStore');
});

test('fails for a place in another cloud', () => {
  const moved = { ...germanyWestCentral, platform: gke, cloud: { kind: 'gcp' as const, project: 'one', location: 'eu', cluster: 'two' } };

  expect(() => backupPlaceOf(moved)).toThrow(
    'Cannot back up "germanywestcentral" to azure-blob as its cloud is gcp: name a place in its own cloud',
  );
});
