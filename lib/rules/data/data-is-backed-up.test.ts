import { findProblems } from '../check-target';
import { TODAY, textsOf } from '../testing/problems';
import { type Draft, type Drafts, sampleTarget } from '../testing/sample-target';

const RULE = 'data-is-backed-up';

const schedule = (): Draft => ({
  apiVersion: 'velero.io/v1',
  kind: 'Schedule',
  metadata: { name: 'daily', namespace: 'velero' },
  spec: { schedule: '30 1 * * *', template: { includedNamespaces: ['llm'], storageLocation: 'default' } },
});
const place: Draft = {
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: { name: 'default', namespace: 'velero' },
  spec: {},
};

/** What the rule finds in a sample of production that is backed up, after a change. */
function found(change: (drafts: Drafts) => void = () => {}, environment = 'prod'): readonly string[] {
  const target = sampleTarget((drafts) => {
    drafts.get('PersistentVolumeClaim/models').metadata.labels = {};
    drafts.add(schedule(), structuredClone(place));
    change(drafts);
  });
  return textsOf(RULE, findProblems({ ...target, environment }, TODAY));
}

test('finds nothing where databases are archived and volumes copied', () => {
  expect(found()).toEqual([]);
});

test('asks for nothing outside of production, and allows nothing either', () => {
  const bare = sampleTarget(({ remove }) => remove('ScheduledBackup/database'));

  expect(textsOf(RULE, findProblems({ ...bare, environment: 'staging' }, TODAY))).toEqual([]);
  expect(found(() => {}, 'staging')).toEqual([
    'ScheduledBackup/database: /kind is a backup, but data of staging is not backed up',
    'Schedule/daily: /kind is a backup, but data of staging is not backed up',
  ]);
});

test.each(['0 1 * * *', '0 0 1 * * 1', '0 0 25 * * *', '@daily', '0 */5 1 * * *'])('fails for a base backup at "%s"', (text) => {
  expect(
    found(({ get }) => {
      get('ScheduledBackup/database').spec.schedule = text;
    }),
  ).toEqual([`ScheduledBackup/database: /spec/schedule is "${text}", which is not once a day in 6 fields`]);
});

test('fails for volumes that are copied on Sundays only', () => {
  expect(
    found(({ get }) => {
      get('Schedule/daily').spec.schedule = '30 1 * * 0';
    }),
  ).toEqual(['Schedule/daily: /spec/schedule is "30 1 * * 0", which is not once a day in 5 fields']);
});

test('fails for backups that hold nothing, end too soon or are not written', () => {
  expect(
    found(({ get }) => {
      Object.assign(get('Schedule/daily').spec.template, { snapshotVolumes: false, ttl: '24h0m0s' });
      get('BackupStorageLocation/default').spec.accessMode = 'ReadOnly';
    }),
  ).toEqual([
    'Schedule/daily: /spec/template/snapshotVolumes is false: objects are kept, and no data',
    'Schedule/daily: /spec/template/ttl is "24h0m0s", not a week or more, such as 720h0m0s',
    'BackupStorageLocation/default: /spec/accessMode is ReadOnly: no backup is written',
  ]);
});

test('fails for a place or a policy that is not there', () => {
  expect(
    found(({ get }) => {
      Object.assign(get('Schedule/daily').spec.template, {
        storageLocation: 'other',
        resourcePolicy: { kind: 'configmap', name: 'policy' },
      });
    }),
  ).toEqual([
    'Schedule/daily: /spec/template/storageLocation is "other", a BackupStorageLocation that does not exist in the namespace',
    'Schedule/daily: /spec/template/resourcePolicy/name is "policy", a ConfigMap that does not exist in the namespace',
  ]);
});

test('fails for a database without an archive, without an end to it, or without a base backup', () => {
  expect(
    found(({ get }) => {
      delete get('Cluster/database').spec.backup;
    }),
  ).toEqual(['Cluster/database: /spec/backup names no archive (barmanObjectStore)']);
  expect(
    found(({ get }) => {
      delete get('Cluster/database').spec.backup.retentionPolicy;
    }),
  ).toEqual(['Cluster/database: /spec/backup/retentionPolicy is missing: the archive would grow without end']);
  expect(found(({ remove }) => remove('ScheduledBackup/database'))).toEqual([
    'Cluster/database: /metadata/name is named by no ScheduledBackup: the archive would have no base backup',
  ]);
  expect(
    found(({ get }) => {
      get('ScheduledBackup/database').spec.suspend = true;
    }),
  ).toEqual(['Cluster/database: /metadata/name is named by no ScheduledBackup: the archive would have no base backup']);
});

test('fails for two databases in one archive', () => {
  expect(
    found(({ get, add }) => {
      const other = structuredClone(get('Cluster/database'));
      other.metadata.name = 'other';
      const base = structuredClone(get('ScheduledBackup/database'));
      base.metadata.name = 'other';
      base.spec.cluster.name = 'other';
      add(other, base);
    }),
  ).toEqual(['Cluster/other: /spec/backup/barmanObjectStore/destinationPath is also the archive of Cluster/database in llm']);
});

test('fails for a volume of which no running schedule makes copies, unless its content can be fetched again', () => {
  const uncovered = ({ get }: Drafts) => {
    get('Schedule/daily').spec.paused = true;
  };

  expect(found(uncovered)).toEqual(['PersistentVolumeClaim/models: /metadata/namespace is llm, a namespace that no Schedule backs up']);
  expect(
    found((drafts) => {
      uncovered(drafts);
      drafts.get('PersistentVolumeClaim/models').metadata.labels = { 'velero.io/exclude-from-backup': 'true' };
    }),
  ).toEqual([]);
});
