import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const velero = (kind: string, spec: Draft): Draft => ({
  apiVersion: 'velero.io/v1',
  kind,
  metadata: { name: 'default', namespace: 'velero' },
  spec,
});
const ARCHIVE = '/spec/backup/barmanObjectStore/destinationPath';

/** What the rule finds on AWS, with the places of its region and an archive beside them, after a change. */
const onAws = (change: (location: Draft, snapshots: Draft, archive: Draft) => void = () => {}) =>
  problems('backups-stay-in-region', ({ region, add, get }) => {
    region.cloud = { kind: 'aws', region: 'here', accountId: '111122223333' };
    region.backupStore = { kind: 's3', bucket: 'kept' };
    const location = velero('BackupStorageLocation', { provider: 'aws', objectStorage: { bucket: 'kept' }, config: { region: 'here' } });
    const snapshots = velero('VolumeSnapshotLocation', { provider: 'velero.io/aws', config: { region: 'here' } });
    const archive = { destinationPath: 's3://kept/postgresql/app' };
    get('Cluster/database').spec.backup = { barmanObjectStore: archive };
    change(location, snapshots, archive);
    add(location, snapshots);
  });

test('accepts backups, snapshots and archives of the region', () => {
  expect(onAws()).toEqual([]);
});

test('fails for the bucket of another region, and for another part of the cloud', () => {
  expect(onAws(({ spec }) => Object.assign(spec.objectStorage, { bucket: 'theirs' }))).toEqual([
    'BackupStorageLocation/default: /spec/objectStorage/bucket is "theirs", not kept, as the region has it',
  ]);
  expect(onAws(({ spec }) => Object.assign(spec.config, { region: 'there' }))).toEqual([
    'BackupStorageLocation/default: /spec/config/region is "there", not here, as the region has it',
  ]);
  expect(onAws((_, { spec }) => delete spec.config.region)).toEqual([
    'VolumeSnapshotLocation/default: /spec/config/region is missing, not here, as the region has it',
  ]);
});

test('fails for the plugin of another cloud', () => {
  expect(onAws(({ spec }) => Object.assign(spec, { provider: 'azure' }))).toEqual([
    'BackupStorageLocation/default: /spec/provider is "azure", not aws, as the region has it',
  ]);
});

test('fails for an archive elsewhere, also where the name only begins alike', () => {
  for (const path of ['s3://theirs/postgresql/app', 's3://kept-too/postgresql/app']) {
    expect(onAws((_, __, archive) => Object.assign(archive, { destinationPath: path }))).toEqual([
      `Cluster/database: ${ARCHIVE} is ${path}, outside of s3://kept/, where the region keeps backups`,
    ]);
  }
});

test('knows the places of Azure', () => {
  const config = { storageAccount: 'kept', resourceGroup: 'backups', subscriptionId: 'one' };
  const store = { kind: 'azure-blob', container: 'nightly', nodeResourceGroup: 'nodes', ...config };
  const found = (change: (location: Draft) => void) =>
    problems('backups-stay-in-region', ({ region, add, get }) => {
      get('Cluster/database').spec.backup = { barmanObjectStore: { destinationPath: 'https://kept.blob.core.windows.net/nightly/app' } };
      Object.assign(region, { cloud: { kind: 'azure' }, backupStore: store });
      const location = velero('BackupStorageLocation', { provider: 'azure', objectStorage: { bucket: 'nightly' }, config: { ...config } });
      change(location);
      add(location);
    });

  expect(found(() => {})).toEqual([]);
  expect(found(({ spec }) => Object.assign(spec.config, { storageAccount: 'theirs' }))).toHaveLength(1);
  expect(found(({ spec }) => Object.assign(spec.config, { resourceGroup: 'nodes' }))).toHaveLength(1);
});

test('asks nothing of a region that keeps no backups', () => {
  expect(problems('backups-stay-in-region', ({ add }) => add(velero('BackupStorageLocation', {})))).toEqual([]);
});

test('fails for a place that is not asked for its certificate, and for another S3', () => {
  expect(onAws(({ spec }) => Object.assign(spec.config, { s3Url: 'https://s3.here.amazonaws.com' }))).toEqual([]);
  expect(onAws(({ spec }) => Object.assign(spec.config, { insecureSkipTLSVerify: 'true', s3Url: 'http://minio.velero.svc:9000' }))).toEqual(
    [
      'BackupStorageLocation/default: /spec/config/insecureSkipTLSVerify is true: whoever answers gets the backups',
      'BackupStorageLocation/default: /spec/config/s3Url is http://minio.velero.svc:9000, which is not the S3 of here',
    ],
  );
});
