import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, isRecord, record, records } from '../fields';
import { quantity } from '../quantity';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { unknownParameter } from './postgres-parameters';

type Fault = readonly [field: string, message: string];

const CLUSTER = 'Cluster.postgresql.cnpg.io';
const DATABASE = 'Database.postgresql.cnpg.io';

/** Parameters that CloudNativePG sets itself, and refuses to take from anybody. */
const FIXED = new Set(
  (
    'allow_system_table_mods archive_command archive_mode bonjour bonjour_name cluster_name config_file data_directory data_sync_retry ' +
    'event_source external_pid_file hba_file hot_standby ident_file jit_provider listen_addresses log_destination log_directory ' +
    'log_file_mode log_filename log_rotation_age log_rotation_size log_truncate_on_rotation logging_collector port primary_conninfo ' +
    'primary_slot_name recovery_min_apply_delay recovery_target_timeline restart_after_crash restore_command shared_preload_libraries ssl ' +
    'ssl_ca_file ssl_cert_file ssl_crl_file ssl_key_file stats_temp_directory synchronous_standby_names syslog_facility ' +
    'unix_socket_directories unix_socket_group unix_socket_permissions wal_log_hints'
  ).split(' '),
);

/** Parameters by which PostgreSQL forgets what it has promised to keep, or tells what nobody should read. */
const HARMFUL: readonly (readonly [name: string, values: RegExp, what: string])[] = [
  ['fsync', /^(?:off|false|no|0)$/i, 'what was written is lost with the next power cut, and the rest with it'],
  ['full_page_writes', /^(?:off|false|no|0)$/i, 'a crash leaves pages that are half written'],
  ['synchronous_commit', /^(?:off|local)$/i, 'what clients were told is safe is lost with the primary'],
  ['autovacuum', /^(?:off|false|no|0)$/i, 'tables grow without end, and writes stop when transaction numbers are used up'],
  ['log_statement', /^all$/i, 'every query and what is in it goes to the log'],
];

/** A number with a unit, and not one of PostgreSQL’s. */
const BAD_UNIT = /^\d+(?:\.\d+)?\s*(?!(?:B|kB|MB|GB|TB|us|ms|s|min|h|d)$)[a-zA-Z]+$/;

/** The major version in the name of an image. */
const MAJOR = /:(\d+)(?![^@]*\/)/;

/** Parameters that are numbers, whatever their unit. */
const NUMBERS = /^max_(?!.*(?:standby|protocol))|_(?:size|mem|buffers|timeout|threshold|factor|cost|workers|connections)$/;

const TOPOLOGY = /^(?:kubernetes\.io\/hostname|topology\.kubernetes\.io\/(?:zone|region)|(?!topology\.kubernetes\.io)[\w.-]+\/[\w.-]+)$/;

/** Where archives are, and the credentials for each kind of place. */
const STORES: readonly (readonly [scheme: RegExp, credentials: string])[] = [
  [/^s3:\/\//, 's3Credentials'],
  [/^https:\/\/[\w-]+\.blob\./, 'azureCredentials'],
  [/^gs:\/\//, 'googleCredentials'],
];

/** What was deleted by mistake is missed within a week. */
const LEAST_RETENTION = 7;

function days(text: unknown): number {
  const [, count, unit = ''] = /^([1-9]\d*)([dwm])$/.exec(String(text)) ?? [];
  return count === undefined ? Number.NaN : Number(count) * ({ d: 1, w: 7, m: 30 }[unit] ?? 0);
}

/** PostgreSQL's own files and its write-ahead log take this much before the first row. */
const LEAST_STORAGE = 1024 ** 3;

export const databasesAreConfigured: Rule = {
  id: 'databases-are-configured',
  title: 'A database cluster has settings that its operator accepts, and roles and databases that can be used.',
  why: 'CloudNativePG refuses the whole cluster for one parameter that it sets itself, drops roles and databases with ensure: absent, and lets no role in that may not log in.',
  fix: 'Use PostgresCluster of lib/data/postgres.ts, and change its props.',
  alone: true,
  *check(target) {
    for (const object of target.all(CLUSTER)) for (const [field, message] of ofCluster(object)) yield { object, field, message };
    for (const object of target.all(DATABASE)) for (const [field, message] of ofDatabase(object)) yield { object, field, message };
  },
};

function* ofCluster({ metadata, spec }: Manifest): Iterable<Fault> {
  const { instances = 1, postgresql, managed, affinity, storage, backup, enablePDB, enableSuperuserAccess, imageName } = record(spec);
  if (!(Number.isInteger(instances) && instances >= 1))
    yield ['/spec/instances', `is ${JSON.stringify(instances)}, not a whole number from 1`];
  const version = Number(MAJOR.exec(String(imageName))?.[1]);
  const { number } = record(record(postgresql).synchronous);
  if (number >= instances)
    yield ['/spec/postgresql/synchronous/number', `is ${number}, but the cluster has only ${instances - 1} standbys`];
  for (const [name, value] of Object.entries(record(record(postgresql).parameters))) {
    const field = `/spec/postgresql/parameters/${escaped(name)}`;
    const harm = HARMFUL.find(([parameter, values]) => parameter === name && values.test(String(value)));
    if (harm !== undefined) yield [field, `is ${value}: ${harm[2]}`];
    else if (BAD_UNIT.test(String(value)))
      yield [field, `is ${value}, a unit that PostgreSQL does not know: sizes are in kB, MB or GB, times in ms, s, min, h or d`];
    else if (FIXED.has(name)) yield [field, 'is set, but CloudNativePG sets this parameter itself and refuses it'];
    else if (typeof value !== 'string') yield [field, `is ${JSON.stringify(value)}, not a text: put it into quotes`];
    else {
      const unknown = unknownParameter(name, version);
      if (unknown !== undefined) yield [field, unknown];
      else if (NUMBERS.test(name) && !/^-?\d/.test(value)) yield [field, `is "${value}", which is no number`];
    }
  }
  for (const [i, role] of records(record(managed).roles).entries()) {
    const field = `/spec/managed/roles/${i}`;
    if (role.ensure === 'absent') yield [`${field}/ensure`, `is absent: role "${role.name}" would be dropped`];
    else if (role.passwordSecret !== undefined && role.login !== true)
      yield [`${field}/login`, `is not true, though role "${role.name}" has a password: it could not log in`];
    if (role.superuser === true) yield [`${field}/superuser`, `is true: role "${role.name}" could do everything in every database`];
  }
  const { retentionPolicy, barmanObjectStore: archive } = record(backup);
  if (retentionPolicy !== undefined && !(days(retentionPolicy) >= LEAST_RETENTION))
    yield ['/spec/backup/retentionPolicy', `is ${retentionPolicy}, not ${LEAST_RETENTION} days or more, such as 30d`];
  if (
    isRecord(archive) &&
    !STORES.some(([scheme, credentials]) => scheme.test(String(archive['destinationPath'])) && archive[credentials] !== undefined)
  ) {
    const given = STORES.some(([, credentials]) => archive[credentials] !== undefined);
    if (given)
      yield ['/spec/backup/barmanObjectStore/destinationPath', `is "${archive['destinationPath']}", which its credentials are not for`];
    else
      yield [
        '/spec/backup/barmanObjectStore',
        'has no credentials, and not even says that an identity is inherited: CloudNativePG refuses it',
      ];
  }
  yield* ofSources(record(spec));
  yield* ofWal(record(spec));
  const { topologyKey } = record(affinity);
  if (topologyKey !== undefined && !TOPOLOGY.test(String(topologyKey)))
    yield ['/spec/affinity/topologyKey', `is "${topologyKey}", a label that no node carries`];
  const size = record(storage).size;
  if (quantity(size) < LEAST_STORAGE) yield ['/spec/storage/size', `is ${size}, less than an empty PostgreSQL takes`];
  if (enablePDB === false && instances > 1) yield ['/spec/enablePDB', 'is false: a drain may take primary and standbys at once'];
  if (enableSuperuserAccess === true)
    yield ['/spec/enableSuperuserAccess', 'is true: CloudNativePG would write a Secret that opens every database'];
  if (metadata.annotations?.['cnpg.io/hibernation'] === 'on')
    yield ['/metadata/annotations/cnpg.io~1hibernation', 'is on: no instance of the database would run'];
}

/** A cluster that is made of another one must be told where that is. */
function* ofSources({ bootstrap, replica, externalClusters }: Data): Iterable<Fault> {
  const known = records(externalClusters).map(({ name }) => name);
  const named = [
    ['/spec/bootstrap/recovery/source', record(record(bootstrap).recovery).source],
    ['/spec/bootstrap/pg_basebackup/source', record(record(bootstrap).pg_basebackup).source],
    ['/spec/replica/source', record(replica).source],
  ] as const;
  for (const [field, name] of named) {
    if (name !== undefined && !known.includes(name))
      yield [field, `is "${name}", which is none of externalClusters${there(known.map(String))}`];
  }
}

/** What PostgreSQL writes ahead before it cleans up, unless it is told otherwise. */
const DEFAULT_WAL = 1024 ** 3;

function* ofWal({ storage, walStorage, postgresql }: Data): Iterable<Fault> {
  const { max_wal_size: told } = record(record(postgresql).parameters);
  const most = told === undefined ? DEFAULT_WAL : bytes(String(told));
  const [at, { size }] = walStorage === undefined ? (['storage', record(storage)] as const) : (['walStorage', record(walStorage)] as const);
  if (!(quantity(size) <= most)) return;
  if (told !== undefined)
    yield ['/spec/postgresql/parameters/max_wal_size', `is ${told}, and ${at} has ${size}: the volume is full before PostgreSQL cleans up`];
  else if (at === 'walStorage')
    yield ['/spec/walStorage/size', `is ${size}, and PostgreSQL writes 1 GB ahead before it cleans up (max_wal_size)`];
}

/** A size as PostgreSQL reads it; in megabytes without a unit. */
function bytes(text: string): number {
  const [, count, unit = 'MB'] = /^(\d+)\s*(kB|MB|GB|TB)?$/.exec(text.trim()) ?? [];
  return Number(count) * 1024 ** (['kB', 'MB', 'GB', 'TB'].indexOf(unit) + 1);
}

function* ofDatabase({ spec }: Manifest): Iterable<Fault> {
  const { ensure, databaseReclaimPolicy, extensions } = record(spec);
  if (ensure === 'absent') yield ['/spec/ensure', 'is absent: the database and its data would be dropped'];
  if (databaseReclaimPolicy === 'delete')
    yield ['/spec/databaseReclaimPolicy', 'is delete: the database would be dropped when this object is deleted'];
  for (const [i, extension] of records(extensions).entries()) {
    if (extension.ensure === 'absent')
      yield [`/spec/extensions/${i}/ensure`, `is absent: the extension "${extension.name}" and all that it stores would be dropped`];
  }
}
