import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, isRecord, record, records } from '../fields';
import { quantity } from '../quantity';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { parameterFault } from './postgres-values';

type Fault = readonly [field: string, message: string];

const CLUSTER = 'Cluster.postgresql.cnpg.io';
const DATABASE = 'Database.postgresql.cnpg.io';

/** The major version in the name of an image. */
const MAJOR = /:(\d+)(?![^@]*\/)/;

/** Annotations by which people stop a cluster, or its archive, for a while. */
const STOPPED: readonly (readonly [annotation: string, values: RegExp, what: string])[] = [
  ['cnpg.io/hibernation', /^on$/, 'no instance of the database would run'],
  ['cnpg.io/fencedInstances', /[^[\]\s]/, 'PostgreSQL would be stopped in these instances'],
  ['cnpg.io/skipWalArchiving', /^enabled$/, 'nothing would be archived'],
];

/** Lines by which PostgreSQL lets somebody in who should not be. */
const OPEN: readonly (readonly [shape: RegExp, what: string])[] = [
  [/^\s*host\w*\s.*\strust\s*$/, 'whoever reaches the database is let in without a password'],
  [/^\s*hostnossl\s(?!.*\sreject\s*$)/, 'passwords and rows would cross the network as they are'],
];

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
  const { monitoring, nodeMaintenanceWindow } = record(spec);
  if (!(Number.isInteger(instances) && instances >= 1))
    yield ['/spec/instances', `is ${JSON.stringify(instances)}, not a whole number from 1`];
  const version = Number(MAJOR.exec(String(imageName))?.[1]);
  const { number } = record(record(postgresql).synchronous);
  if (number >= instances)
    yield ['/spec/postgresql/synchronous/number', `is ${number}, but the cluster has only ${instances - 1} standbys`];
  for (const [name, value] of Object.entries(record(record(postgresql).parameters))) {
    const message = parameterFault(name, value, version);
    if (message !== undefined) yield [`/spec/postgresql/parameters/${escaped(name)}`, message];
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
  for (const [i, rule] of (Array.isArray(postgresql?.pg_hba) ? postgresql.pg_hba : []).entries()) {
    const open = OPEN.find(([shape]) => shape.test(String(rule)));
    if (open !== undefined) yield [`/spec/postgresql/pg_hba/${i}`, `is "${rule}": ${open[1]}`];
  }
  if (record(monitoring).disableDefaultQueries === true)
    yield ['/spec/monitoring/disableDefaultQueries', 'is true: nothing exports the figures that alerts and dashboards ask for'];
  if (record(nodeMaintenanceWindow).inProgress === true)
    yield ['/spec/nodeMaintenanceWindow/inProgress', 'is true: instances would not be made again elsewhere when their node is gone'];
  yield* ofSources(record(spec));
  yield* ofWal(record(spec));
  const { topologyKey } = record(affinity);
  if (topologyKey !== undefined && !TOPOLOGY.test(String(topologyKey)))
    yield ['/spec/affinity/topologyKey', `is "${topologyKey}", a label that no node carries`];
  if (record(affinity).enablePodAntiAffinity === false && instances > 1)
    yield [
      '/spec/affinity/enablePodAntiAffinity',
      `is false: one node may hold all ${instances} instances, and takes the database with it`,
    ];
  const size = record(storage).size;
  if (quantity(size) < LEAST_STORAGE) yield ['/spec/storage/size', `is ${size}, less than an empty PostgreSQL takes`];
  if (enablePDB === false && instances > 1) yield ['/spec/enablePDB', 'is false: a drain may take primary and standbys at once'];
  if (enableSuperuserAccess === true)
    yield ['/spec/enableSuperuserAccess', 'is true: CloudNativePG would write a Secret that opens every database'];
  for (const [annotation, values, what] of STOPPED) {
    const value = metadata.annotations?.[annotation];
    if (value !== undefined && values.test(value)) yield [`/metadata/annotations/${escaped(annotation)}`, `is ${value}: ${what}`];
  }
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
