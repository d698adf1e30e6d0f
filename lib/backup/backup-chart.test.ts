import { App } from 'cdk8s';

import { microk8s } from '../environments/platforms';
import { germanyWestCentral, usWest2 } from '../environments/regions';
import type { Region } from '../regions/region';
import { find } from '../testing/manifests';
import { BackupChart } from './backup-chart';
import type { BackupSettings } from './backup-settings';
import { databaseArchive } from './database-archive';

const settings: BackupSettings = { namespaces: ['kiva', 'litellm'], hour: 1, keepDays: 30 };
const synthesize = (region: Region = usWest2) => new BackupChart(new App(), 'backup', { region, settings }).synthesize().manifests;

test('copies the namespaces that hold data once a day, and keeps each copy as long as the environment wants', () => {
  const { schedule, template } = find(synthesize(), 'Schedule', 'daily').spec;

  expect(schedule).toBe('30 1 * * *');
  expect(template).toMatchObject({ includedNamespaces: ['kiva', 'litellm'], ttl: '720h0m0s', storageLocation: 'default' });
});

test('leaves databases to their archive, and secrets to the store', () => {
  const { template } = find(synthesize(), 'Schedule', 'daily').spec;

  expect(template.labelSelector).toEqual({ matchExpressions: [{ key: 'cnpg.io/cluster', operator: 'DoesNotExist' }] });
  expect(template.excludedNamespaceScopedResources).toEqual(expect.arrayContaining(['secrets', 'clusters.postgresql.cnpg.io']));
});

test('takes snapshots of disks, and copies shared files one by one', () => {
  const { volumePolicies } = JSON.parse(find(synthesize(), 'ConfigMap', 'volume-policy').data['policy.yaml']);

  expect(volumePolicies).toEqual([
    { conditions: { csi: { driver: 'ebs.csi.aws.com' } }, action: { type: 'snapshot' } },
    { conditions: { storageClass: ['model-shared'] }, action: { type: 'fs-backup' } },
  ]);
});

test('puts copies into the bucket of the region', () => {
  const { provider, objectStorage, config } = find(synthesize(), 'BackupStorageLocation', 'default').spec;

  expect({ provider, objectStorage, config }).toEqual({
    ...{ provider: 'aws', objectStorage: { bucket: 'llm-backups-us-west-2', prefix: 'velero' }, config: { region: 'us-west-2' } },
  });
});

test('keeps snapshots of Azure outside of the resource group that goes with the cluster', () => {
  const manifests = synthesize(germanyWestCentral);

  expect(find(manifests, 'VolumeSnapshotLocation', 'default').spec.config).toMatchObject({
    resourceGroup: 'kiva-backups',
    incremental: 'true',
  });
  expect(find(manifests, 'BackupStorageLocation', 'default').spec.config).toMatchObject({ storageAccount: 'kivabackups', useAAD: 'true' });
});

test('holds no credential', () => {
  for (const kind of ['BackupStorageLocation', 'VolumeSnapshotLocation']) {
    expect(find(synthesize(), kind, 'default').spec).not.toHaveProperty('credential');
  }
});

test('fails where the platform takes no snapshots', () => {
  expect(() => synthesize({ ...usWest2, platform: microk8s })).toThrow(
    'Cannot back up volumes in "us-west-2" as its platform takes no snapshots: leave out backup',
  );
});

test('archives the databases of each cluster by an identity of its own', () => {
  expect(databaseArchive(usWest2, settings, 'prod-us-west-2')).toMatchObject({
    role: 'prod-us-west-2-database-backup',
    hour: 1,
    keepDays: 30,
  });
});
