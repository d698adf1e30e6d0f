import type { Region } from '../../regions/region';
import { type Data, record } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

type Written = readonly [field: string, written: unknown, expected: string];

export const backupsStayInRegion: Rule = {
  id: 'backups-stay-in-region',
  title: 'Backups and archives go to the store of their own region.',
  why: 'Another region’s bucket takes the copies, if its policy lets it: they cross borders that data may not cross, two clusters write over each other, and a restore in this region finds nothing.',
  fix: 'Take the place from backupPlaceOf of lib/regions/backup-place.ts, which reads backupStore of the region in lib/environments/regions.ts.',
  *check(target) {
    const region = target.facts?.region;
    if (region?.backupStore === undefined) return;
    for (const object of target.all('BackupStorageLocation.velero.io')) yield* ofLocation(object, region);
    for (const object of target.all('VolumeSnapshotLocation.velero.io')) yield* others(object, cloudOf(record(object.spec), region));
    yield* archives(target, region.backupStore);
  },
};

/** Where a location is, and how Velero speaks to it. */
function* ofLocation(object: Problem['object'], region: Region): Iterable<Problem> {
  yield* others(object, placeOf(record(object.spec), region));
  const { insecureSkipTLSVerify: unchecked, s3Url: address } = record(record(object.spec).config);
  if (`${unchecked}` === 'true')
    yield { object, field: '/spec/config/insecureSkipTLSVerify', message: 'is true: whoever answers gets the backups' };
  if (address !== undefined && region.cloud.kind === 'aws' && !AMAZON.test(String(address)))
    yield { object, field: '/spec/config/s3Url', message: `is ${address}, which is not the S3 of ${region.cloud.region}` };
}

const AMAZON = /^https:\/\/[\w.-]+\.amazonaws\.com(?:\.cn)?(?:\/|$)/;

function* others(object: Problem['object'], written: readonly Written[]): Iterable<Problem> {
  for (const [field, value, expected] of written) {
    if (value === expected || (field === '/provider' && value === `velero.io/${expected}`)) continue;
    yield { object, field: `/spec${field}`, message: `is ${JSON.stringify(value) ?? 'missing'}, not ${expected}, as the region has it` };
  }
}

/** Where a storage location of Velero must be. */
function placeOf(spec: Data, region: Region): readonly Written[] {
  const store = region.backupStore;
  const { bucket } = record(spec.objectStorage);
  if (store?.kind === 's3') return [['/objectStorage/bucket', bucket, store.bucket], ...cloudOf(spec, region)];
  if (store?.kind !== 'azure-blob') return [];
  return [
    ['/objectStorage/bucket', bucket, store.container],
    ['/config/storageAccount', record(spec.config).storageAccount, store.storageAccount],
    ...cloudOf(spec, region),
  ];
}

/** Part of the cloud that a location is in. */
function cloudOf(spec: Data, { backupStore: store, cloud }: Region): readonly Written[] {
  const config = record(spec.config);
  const provider = ['/provider', spec.provider, cloud.kind] as const; // Velero's plugins are called as the clouds are here
  if (cloud.kind === 'aws') return [provider, ['/config/region', config.region, cloud.region]];
  if (store?.kind !== 'azure-blob') return [];
  return [
    provider,
    ['/config/resourceGroup', config.resourceGroup, store.resourceGroup],
    ['/config/subscriptionId', config.subscriptionId, store.subscriptionId],
  ];
}

/** Archives of databases are beside what Velero keeps. */
function* archives(target: TargetIndex, store: NonNullable<Region['backupStore']>): Iterable<Problem> {
  const root = store.kind === 's3' ? `s3://${store.bucket}/` : `https://${store.storageAccount}.blob.core.windows.net/${store.container}/`;
  for (const object of target.all('Cluster.postgresql.cnpg.io')) {
    const path: unknown = record(record(record(object.spec).backup).barmanObjectStore).destinationPath;
    if (typeof path !== 'string' || path.startsWith(root)) continue;
    const field = '/spec/backup/barmanObjectStore/destinationPath';
    yield { object, field, message: `is ${path}, outside of ${root}, where the region keeps backups` };
  }
}
