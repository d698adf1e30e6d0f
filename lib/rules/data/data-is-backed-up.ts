import type { Manifest } from '../../kubernetes/manifest';
import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import { selects } from '../selector';
import type { TargetIndex } from '../target-index';
import { ofPolicies } from './volume-policies';

const CLUSTER = 'Cluster.postgresql.cnpg.io';
const SCHEDULED_BACKUP = 'ScheduledBackup.postgresql.cnpg.io';
const SCHEDULE = 'Schedule.velero.io';

/** The environment whose data nobody can make again, and those whose data anybody can. */
const KEPT = 'prod';
const NOT_KEPT: ReadonlySet<string> = new Set(['init', 'dev', 'staging']);

/** What was deleted by mistake is missed within a week, seconds. */
const LEAST_KEPT = 7 * 24 * 3600;

/** Velero's own label for what it leaves out; here, for what can be fetched again. */
const LEFT_OUT = 'velero.io/exclude-from-backup';

export const dataIsBackedUp: Rule = {
  id: 'data-is-backed-up',
  title: 'In production every database is archived and every volume copied once a day; elsewhere nothing is.',
  why: 'Velero and CloudNativePG take any schedule: one with a field too few never runs, one for another namespace copies nothing, one that leaves volumes out keeps none. It shows on the day of the restore.',
  fix: 'Give the target `backup` settings with the namespace in lib/environments/<environment>.ts; label a claim whose content can be fetched again as replaceable (lib/data/shared-volume.ts).',
  *check(target) {
    yield* schedules(target);
    if (NOT_KEPT.has(target.environment)) {
      for (const kind of [SCHEDULED_BACKUP, SCHEDULE]) {
        for (const object of target.all(kind))
          yield { object, field: '/kind', message: `is a backup, but data of ${target.environment} is not backed up` };
      }
    }
    for (const object of target.all('BackupStorageLocation.velero.io')) {
      if (object.spec?.accessMode !== 'ReadOnly') continue;
      yield { object, field: '/spec/accessMode', message: 'is ReadOnly: no backup is written' };
    }
    if (target.environment !== KEPT) return;
    yield* databases(target);
    yield* volumes(target);
  },
};

/** Five fields for Velero; CloudNativePG has the seconds first. */
function* schedules(target: TargetIndex): Iterable<Problem> {
  for (const [kind, fields] of [
    [SCHEDULE, 5],
    [SCHEDULED_BACKUP, 6],
  ] as const) {
    for (const object of target.all(kind)) {
      const text = String(object.spec?.schedule ?? '');
      if (isDaily(text, fields)) continue;
      yield { object, field: '/spec/schedule', message: `is "${text}", which is not once a day in ${fields} fields` };
    }
  }
  for (const object of target.all(SCHEDULE)) {
    const { storageLocation, volumeSnapshotLocations, resourcePolicy } = record(object.spec?.template);
    const { snapshotVolumes, ttl } = record(object.spec?.template);
    if (takesSecrets(record(object.spec?.template)))
      yield {
        object,
        field: '/spec/template/excludedNamespaceScopedResources',
        message: 'lacks secrets: their values would be in the bucket',
      };
    if (object.spec?.useOwnerReferencesInBackup === true)
      yield { object, field: '/spec/useOwnerReferencesInBackup', message: 'is true: all backups would go with the Schedule' };
    if (snapshotVolumes === false)
      yield { object, field: '/spec/template/snapshotVolumes', message: 'is false: objects are kept, and no data' };
    if (ttl !== undefined && !(durationSeconds(ttl) >= LEAST_KEPT))
      yield { object, field: '/spec/template/ttl', message: `is "${ttl}", not a week or more, such as 720h0m0s` };
    const named: readonly [field: string, kind: string, name: unknown][] = [
      ['storageLocation', 'BackupStorageLocation.velero.io', storageLocation],
      ['volumeSnapshotLocations/0', 'VolumeSnapshotLocation.velero.io', (volumeSnapshotLocations as unknown[] | undefined)?.[0]],
      ['resourcePolicy/name', 'ConfigMap', record(resourcePolicy).name],
    ];
    for (const [field, kind, name] of named) {
      if (name === undefined || target.find(kind, object.metadata.namespace ?? '', String(name)) !== undefined) continue;
      yield {
        object,
        field: `/spec/template/${field}`,
        message: `is "${name}", a ${kind.split('.')[0]} that does not exist in the namespace`,
      };
    }
  }
}

/** Kinds by which Velero finds volumes. */
const CARRIES_DATA = ['persistentvolumeclaims', 'persistentvolumes', 'pods'];

/** Labels of a claim, or of those that a StatefulSet makes. */
const labelsOf = ({ kind, metadata, spec }: Manifest): readonly Readonly<Record<string, string>>[] =>
  kind === 'StatefulSet'
    ? records(spec?.volumeClaimTemplates).map((claim) => ({
        ...record(record(spec?.selector).matchLabels),
        ...record(claim.metadata?.labels),
      }))
    : [metadata.labels ?? {}];

const leftOut = (template: Data): readonly unknown[] =>
  ['excludedResources', 'excludedNamespaceScopedResources', 'excludedClusterScopedResources'].flatMap((field) =>
    Array.isArray(template[field]) ? (template[field] as readonly unknown[]) : [],
  );

/** Whether a backup holds Secrets, whose values live in a store of their own. */
function takesSecrets(template: Data): boolean {
  const names = (list: unknown): readonly unknown[] | undefined => (Array.isArray(list) ? list : undefined);
  const left = leftOut(template);
  const taken = [template.includedResources, template.includedNamespaceScopedResources].flatMap((list) => names(list) ?? []);
  return !left.includes('secrets') && !left.includes('*') && (taken.length === 0 || taken.includes('secrets') || taken.includes('*'));
}

function isDaily(schedule: string, fields: 5 | 6): boolean {
  const parts = schedule.split(' ');
  const limits = fields === 6 ? [59, 59, 23] : [59, 23];
  if (parts.length !== fields || parts.slice(limits.length).some((part) => part !== '*')) return false;
  return limits.every((limit, index) => /^\d{1,2}$/.test(parts[index] ?? '') && Number(parts[index]) <= limit);
}

function* databases(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all(CLUSTER)) {
    const { namespace, name } = object.metadata;
    const { barmanObjectStore, retentionPolicy } = record(object.spec?.backup);
    const base = target
      .all(SCHEDULED_BACKUP)
      .some(({ metadata, spec }) => metadata.namespace === namespace && spec?.cluster?.name === name && spec?.suspend !== true);
    if (barmanObjectStore === undefined) yield { object, field: '/spec/backup', message: 'names no archive (barmanObjectStore)' };
    else if (retentionPolicy === undefined)
      yield { object, field: '/spec/backup/retentionPolicy', message: 'is missing: the archive would grow without end' };
    if (!base) yield { object, field: '/metadata/name', message: 'is named by no ScheduledBackup: the archive would have no base backup' };
  }
}

function* volumes(target: TargetIndex): Iterable<Problem> {
  const running = target.all(SCHEDULE).filter(({ spec }) => spec?.paused !== true);
  const kept = [
    ...target.all('PersistentVolumeClaim'),
    ...target.all('StatefulSet.apps').filter(({ spec }) => records(spec?.volumeClaimTemplates).length > 0),
  ].filter(({ metadata }) => metadata.labels?.[LEFT_OUT] !== 'true');
  const covered = (schedule: Manifest): readonly unknown[] => {
    const { includedNamespaces, excludedNamespaces } = record(schedule.spec?.template);
    const left: readonly unknown[] = Array.isArray(excludedNamespaces) ? excludedNamespaces : [];
    return Array.isArray(includedNamespaces) ? includedNamespaces.filter((each) => !left.includes(each)) : [];
  };
  for (const object of kept) {
    const { namespace = '' } = object.metadata;
    if (running.some((schedule) => covered(schedule).includes(namespace))) continue;
    yield { object, field: '/metadata/namespace', message: `is ${namespace}, a namespace that no Schedule backs up` };
  }
  for (const schedule of running) {
    const claims = kept.filter(({ metadata }) => covered(schedule).includes(metadata.namespace));
    const { labelSelector } = record(schedule.spec?.template);
    const missed = claims.find((claim) => labelSelector !== undefined && !labelsOf(claim).some((labels) => selects(labelSelector, labels)));
    if (missed !== undefined) {
      const message = `leaves out the claims of ${missed.kind}/${missed.metadata.name} in ${missed.metadata.namespace}, which have no such labels`;
      yield { object: schedule, field: '/spec/template/labelSelector', message };
    }
    const without = leftOut(record(schedule.spec?.template)).find((name) => CARRIES_DATA.includes(String(name)));
    if (without !== undefined)
      yield { object: schedule, field: '/spec/template', message: `leaves out ${without}, without which no volume is copied` };
    yield* ofPolicies(schedule, claims, target);
  }
}
