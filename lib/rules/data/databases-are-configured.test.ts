import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const cluster = (change: (spec: Draft, metadata: Draft) => void) =>
  problems('databases-are-configured', ({ get }) => change(get('Cluster/database').spec, get('Cluster/database').metadata));
const AT = 'Cluster/database: /spec';

test('accepts three instances, of which one must follow', () => {
  expect(
    cluster((spec) =>
      Object.assign(spec, {
        instances: 3,
        affinity: { topologyKey: 'topology.kubernetes.io/zone' },
        postgresql: { synchronous: { number: 1 }, parameters: { max_connections: '100' } },
        managed: { roles: [{ name: 'web', login: true, passwordSecret: { name: 'web' } }] },
      }),
    ),
  ).toEqual([]);
});

test('accepts a source that is named, and volumes with room for what is written ahead', () => {
  expect(
    cluster((spec) =>
      Object.assign(spec, {
        bootstrap: { recovery: { source: 'old' } },
        externalClusters: [{ name: 'old' }],
        storage: { size: '10Gi' },
        walStorage: { size: '5Gi' },
        postgresql: { parameters: { max_wal_size: '4GB', max_standby_streaming_delay: '-1' } },
      }),
    ),
  ).toEqual([]);
});

test('accepts parameters of its version and of extensions, in units of PostgreSQL', () => {
  const parameters = {
    ...{ shared_buffers: '1GB', wal_keep_size: '512 MB', statement_timeout: '30s', checkpoint_timeout: '15min', TimeZone: 'UTC' },
    ...{ 'pg_stat_statements.max': '1000', transaction_timeout: '5min', autovacuum: 'on', random_page_cost: '1.1' },
  };

  expect(cluster((spec) => Object.assign(spec, { imageName: 'postgresql:17.2', postgresql: { parameters } }))).toEqual([]);
  expect(cluster((spec) => Object.assign(spec, { imageName: 'postgresql:99', postgresql: { parameters: { of_tomorrow: 'on' } } }))).toEqual(
    [],
  );
});

test.each<[string, Draft, string]>([
  [
    'more followers than there are',
    { instances: 2, postgresql: { synchronous: { number: 2 } } },
    '/postgresql/synchronous/number is 2, but the cluster has only 1 standbys',
  ],
  ['no instance', { instances: 0 }, '/instances is 0, not a whole number from 1'],
  ['a number', { postgresql: { parameters: { max_connections: 100 } } }, '/postgresql/parameters/max_connections is 100, not a text'],
  [
    'a parameter of the operator',
    { postgresql: { parameters: { port: '5433' } } },
    '/postgresql/parameters/port is set, but CloudNativePG sets this parameter itself and refuses it',
  ],
  [
    'a role that may not log in',
    { managed: { roles: [{ name: 'web', passwordSecret: { name: 'web' } }] } },
    '/managed/roles/0/login is not true',
  ],
  [
    'a role that is dropped',
    { managed: { roles: [{ name: 'web', ensure: 'absent' }] } },
    '/managed/roles/0/ensure is absent: role "web" would be dropped',
  ],
  ['a role that may do anything', { managed: { roles: [{ name: 'web', superuser: true }] } }, '/managed/roles/0/superuser is true'],
  [
    'a label of no node',
    { affinity: { topologyKey: 'topology.kubernetes.io/zones' } },
    '/affinity/topologyKey is "topology.kubernetes.io/zones"',
  ],
  [
    'instances that may share a node',
    { instances: 3, affinity: { enablePodAntiAffinity: false } },
    '/affinity/enablePodAntiAffinity is false: one node may hold all 3 instances',
  ],
  ['writes that are not kept', { postgresql: { parameters: { fsync: 'off' } } }, '/postgresql/parameters/fsync is off: what was written'],
  [
    'a unit of Kubernetes',
    { postgresql: { parameters: { shared_buffers: '512Mi' } } },
    '/postgresql/parameters/shared_buffers is 512Mi, a unit',
  ],
  ...['512mb', '4g', '30 seconds'].map((value): [string, Draft, string] => [
    `the unit of "${value}"`,
    { postgresql: { parameters: { shared_buffers: value } } },
    `/postgresql/parameters/shared_buffers is ${value}, a unit that PostgreSQL does not know`,
  ]),
  [
    'a parameter of nobody',
    { postgresql: { parameters: { max_conections: '200' } } },
    '/postgresql/parameters/max_conections is no parameter of PostgreSQL',
  ],
  [
    'a parameter of a later version',
    { imageName: 'ghcr.io/cloudnative-pg/postgresql:15.19-system', postgresql: { parameters: { transaction_timeout: '5min' } } },
    '/postgresql/parameters/transaction_timeout is a parameter of PostgreSQL 17, and the image is 15',
  ],
  [
    'a parameter of an earlier version',
    { imageName: 'registry.example.com:5000/postgresql:17.2@sha256:00', postgresql: { parameters: { old_snapshot_threshold: '1h' } } },
    '/postgresql/parameters/old_snapshot_threshold is no parameter since PostgreSQL 17',
  ],
  [
    'a word for a number',
    { postgresql: { parameters: { max_connections: 'many' } } },
    '/postgresql/parameters/max_connections is "many", which is no number',
  ],
  ['tables that nobody cleans', { postgresql: { parameters: { autovacuum: 'off' } } }, '/postgresql/parameters/autovacuum is off: tables'],
  [
    'a value that a parameter does not have',
    { postgresql: { parameters: { synchronous_commit: 'of' } } },
    '/postgresql/parameters/synchronous_commit is "of", and it is one of on, off',
  ],
  [
    'a log that nobody can follow',
    { postgresql: { parameters: { wal_level: 'minimal' } } },
    '/postgresql/parameters/wal_level is minimal:',
  ],
  [
    'no password',
    { postgresql: { pg_hba: ['host all all 0.0.0.0/0 trust'] } },
    '/postgresql/pg_hba/0 is "host all all 0.0.0.0/0 trust": whoever',
  ],
  ['no TLS', { postgresql: { pg_hba: ['hostnossl all all all md5'] } }, '/postgresql/pg_hba/0 is "hostnossl all all all md5": passwords'],
  ['no figures', { monitoring: { disableDefaultQueries: true } }, '/monitoring/disableDefaultQueries is true'],
  ['maintenance without end', { nodeMaintenanceWindow: { inProgress: true } }, '/nodeMaintenanceWindow/inProgress is true'],
  [
    'a source that is not there',
    { bootstrap: { recovery: { source: 'old' } }, externalClusters: [{ name: 'older' }] },
    '/bootstrap/recovery/source is "old", which is none of externalClusters (there: older)',
  ],
  [
    'more to write ahead than there is room',
    { storage: { size: '10Gi' }, postgresql: { parameters: { max_wal_size: '20GB' } } },
    '/postgresql/parameters/max_wal_size is 20GB, and storage has 10Gi',
  ],
  ['a volume that is full at once', { walStorage: { size: '1Gi' } }, '/walStorage/size is 1Gi, and PostgreSQL writes 1 GB ahead'],
  ['an archive of a day', { backup: { retentionPolicy: '1d' } }, '/backup/retentionPolicy is 1d, not 7 days or more'],
  ['a time that is none', { backup: { retentionPolicy: '30days' } }, '/backup/retentionPolicy is 30days, not 7 days or more'],
  [
    'credentials of another cloud',
    {
      backup: {
        barmanObjectStore: { destinationPath: 'https://backups.blob.core.windows.net/a', s3Credentials: { inheritFromIAMRole: true } },
      },
    },
    '/backup/barmanObjectStore/destinationPath is "https://backups.blob.core.windows.net/a", which its credentials are not for',
  ],
  [
    'no credentials',
    { backup: { barmanObjectStore: { destinationPath: 's3://backups/llm' } } },
    '/backup/barmanObjectStore has no credentials, and not even says',
  ],
  ['no room', { storage: { size: '500Mi' } }, '/storage/size is 500Mi, less than an empty PostgreSQL takes'],
  ['instances without a budget', { instances: 3, enablePDB: false }, '/enablePDB is false'],
  ['a superuser', { enableSuperuserAccess: true }, '/enableSuperuserAccess is true'],
])('fails for %s', (_, spec, message) => {
  expect(cluster((own) => Object.assign(own, spec))).toEqual([expect.stringContaining(`${AT}${message}`)]);
});

test('fails for a cluster that sleeps', () => {
  expect(cluster((_, { annotations }) => Object.assign(annotations, { 'cnpg.io/hibernation': 'on' }))).toEqual([
    'Cluster/database: /metadata/annotations/cnpg.io~1hibernation is on: no instance of the database would run',
  ]);
});

test.each([
  ['cnpg.io/fencedInstances', '["*"]', 'fencedInstances is ["*"]: PostgreSQL would be stopped'],
  ['cnpg.io/skipWalArchiving', 'enabled', 'skipWalArchiving is enabled: nothing would be archived'],
])('fails for a cluster with %s', (annotation, value, message) => {
  expect(cluster((_, { annotations }) => Object.assign(annotations, { [annotation]: value }))).toEqual([
    expect.stringContaining(`Cluster/database: /metadata/annotations/cnpg.io~1${message}`),
  ]);
});

test('accepts lines that let nobody in, and instances that are no longer fenced', () => {
  expect(
    cluster((spec, { annotations }) => {
      spec.postgresql = { pg_hba: ['hostnossl all all all reject', 'hostssl all all all scram-sha-256'] };
      Object.assign(annotations, { 'cnpg.io/fencedInstances': '[]', 'cnpg.io/hibernation': 'off' });
    }),
  ).toEqual([]);
});

test('fails for a database that is dropped, now or with its object', () => {
  const dropped = problems('databases-are-configured', ({ add }) =>
    add({
      ...{ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', metadata: { name: 'web', namespace: 'llm' } },
      spec: { ensure: 'absent', databaseReclaimPolicy: 'delete', extensions: [{ name: 'vector', ensure: 'absent' }] },
    }),
  );

  expect(dropped).toEqual([
    'Database/web: /spec/ensure is absent: the database and its data would be dropped',
    'Database/web: /spec/databaseReclaimPolicy is delete: the database would be dropped when this object is deleted',
    'Database/web: /spec/extensions/0/ensure is absent: the extension "vector" and all that it stores would be dropped',
  ]);
});
