import type { Manifest } from '../../kubernetes/manifest';
import { escaped, record, records } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';

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

const TOPOLOGY = /^(?:kubernetes\.io\/hostname|topology\.kubernetes\.io\/(?:zone|region)|(?!topology\.kubernetes\.io)[\w.-]+\/[\w.-]+)$/;

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
  const { instances = 1, postgresql, managed, affinity, storage, enablePDB, enableSuperuserAccess } = record(spec);
  if (!(Number.isInteger(instances) && instances >= 1))
    yield ['/spec/instances', `is ${JSON.stringify(instances)}, not a whole number from 1`];
  const { number } = record(record(postgresql).synchronous);
  if (number >= instances)
    yield ['/spec/postgresql/synchronous/number', `is ${number}, but the cluster has only ${instances - 1} standbys`];
  for (const [name, value] of Object.entries(record(record(postgresql).parameters))) {
    const field = `/spec/postgresql/parameters/${escaped(name)}`;
    if (FIXED.has(name)) yield [field, 'is set, but CloudNativePG sets this parameter itself and refuses it'];
    else if (typeof value !== 'string') yield [field, `is ${JSON.stringify(value)}, not a text: put it into quotes`];
  }
  for (const [i, role] of records(record(managed).roles).entries()) {
    const field = `/spec/managed/roles/${i}`;
    if (role.ensure === 'absent') yield [`${field}/ensure`, `is absent: role "${role.name}" would be dropped`];
    else if (role.passwordSecret !== undefined && role.login !== true)
      yield [`${field}/login`, `is not true, though role "${role.name}" has a password: it could not log in`];
    if (role.superuser === true) yield [`${field}/superuser`, `is true: role "${role.name}" could do everything in every database`];
  }
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
