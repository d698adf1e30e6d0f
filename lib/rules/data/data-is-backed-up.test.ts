import { findProblems } from '../check-target';
import { TODAY, textsOf } from '../testing/problems';
import { type Draft, type Drafts, sampleTarget } from '../testing/sample-target';

const RULE = 'data-is-backed-up';

const schedule = (): Draft => ({
  apiVersion: 'velero.io/v1',
  kind: 'Schedule',
  metadata: { name: 'daily', namespace: 'velero' },
  spec: {
    schedule: '30 1 * * *',
    template: { includedNamespaces: ['llm'], excludedNamespaceScopedResources: ['secrets'], storageLocation: 'default' },
  },
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

test('fails for backups with the values of Secrets', () => {
  const of = (template: Draft) => found(({ get }) => void Object.assign(get('Schedule/daily').spec.template, template));

  expect(of({ excludedNamespaceScopedResources: undefined, excludedResources: ['secrets'] })).toEqual([]);
  expect(of({ excludedNamespaceScopedResources: undefined, includedResources: ['pods'] })).toEqual([]);
  expect(of({ excludedNamespaceScopedResources: ['events'] })).toEqual([
    'Schedule/daily: /spec/template/excludedNamespaceScopedResources lacks secrets: their values would be in the bucket',
  ]);
});

const ofDriver = (driver: string, type: string) => ({ conditions: { csi: { driver } }, action: { type } });
const ofClass = (name: string, type: string) => ({ conditions: { storageClass: [name] }, action: { type } });
const policy = (...volumePolicies: Draft[]) =>
  found(({ get, add, region }) => {
    region.platform.storage.snapshotDriver = 'ebs.csi.aws.com';
    get('Schedule/daily').spec.template.resourcePolicy = { kind: 'configmap', name: 'policy' };
    add({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'policy', namespace: 'velero' } },
      data: { 'policy.yaml': JSON.stringify({ version: 'v1', volumePolicies }) },
    });
  });

test('accepts volumes of which one driver takes snapshots, and which others are copied', () => {
  expect(policy(ofDriver('ebs.csi.aws.com', 'snapshot'), ofClass('block', 'fs-backup'))).toEqual([]);
});

test('fails for a driver that takes no snapshots here', () => {
  expect(policy(ofDriver('efs.csi.aws.com', 'snapshot'))).toEqual([
    'ConfigMap/policy: /data/policy.yaml has snapshots taken by efs.csi.aws.com, and on this platform ebs.csi.aws.com takes them',
  ]);
});

test.each([[ofClass('block', 'skip')], [ofDriver('efs.csi.aws.com', 'skip')]])('fails for data that is skipped by %j', (entry) => {
  expect(policy(entry, ofClass('block', 'fs-backup'))).toEqual([
    'ConfigMap/policy: /data/policy.yaml skips volumes of class "block", and with them the data of PersistentVolumeClaim/models',
  ]);
});

test('reads a policy that is written as YAML', () => {
  const text = 'version: v1\nvolumePolicies:\n  - conditions:\n      storageClass:\n        - block\n    action:\n      type: skip\n';
  const yaml = found(({ get, add }) => {
    get('Schedule/daily').spec.template.resourcePolicy = { kind: 'configmap', name: 'policy' };
    add({ ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'policy', namespace: 'velero' } }, data: { 'policy.yaml': text } });
  });

  expect(yaml).toEqual([expect.stringContaining('skips volumes of class "block"')]);
});

test('fails for a schedule that leaves out what it is to copy', () => {
  const of = (template: Draft) => found(({ get }) => void Object.assign(get('Schedule/daily').spec.template, template));
  const without = { matchExpressions: [{ key: 'cnpg.io/cluster', operator: 'DoesNotExist' }] };

  expect(of({ labelSelector: without })).toEqual([]);
  expect(of({ labelSelector: { matchLabels: { backup: 'yes' } } })).toEqual([
    'Schedule/daily: /spec/template/labelSelector leaves out the claims of PersistentVolumeClaim/models in llm, which have no such labels',
  ]);
  expect(of({ excludedNamespaces: ['llm'] })).toEqual([
    'PersistentVolumeClaim/models: /metadata/namespace is llm, a namespace that no Schedule backs up',
  ]);
  expect(of({ excludedNamespaceScopedResources: ['secrets', 'persistentvolumeclaims'] })).toEqual([
    'Schedule/daily: /spec/template leaves out persistentvolumeclaims, without which no volume is copied',
  ]);
});

test('fails for a policy about a class that does not exist, or with an action of nobody', () => {
  expect(policy(ofClass('blok', 'fs-backup'))).toEqual(['ConfigMap/policy: /data/policy.yaml names class "blok", which does not exist']);
  expect(policy(ofClass('block', 'fsbackup'))).toEqual([
    'ConfigMap/policy: /data/policy.yaml has the action "fsbackup", which Velero does not know (there: snapshot, fs-backup, skip, custom)',
  ]);
});

test('fails for backups that go with their Schedule', () => {
  expect(found(({ get }) => void Object.assign(get('Schedule/daily').spec, { useOwnerReferencesInBackup: true }))).toEqual([
    'Schedule/daily: /spec/useOwnerReferencesInBackup is true: all backups would go with the Schedule',
  ]);
});
