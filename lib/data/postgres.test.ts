import { eks } from '../environments/platforms';
import { germanyWestCentral, usWest2 } from '../environments/regions';
import type { Manifest } from '../kubernetes/manifest';
import { backupPlaceOf } from '../regions/backup-place';
import type { NodePool } from '../regions/region';
import { secretStore } from '../security/secret-store';
import { find, synth } from '../testing/manifests';
import { PostgresCluster, type PostgresClusterProps } from './postgres';
import { databaseUrl, waitForDatabase } from './postgres-database';

const pool: NodePool = { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };
const required: PostgresClusterProps = {
  namespace: 'test',
  settings: { instances: 1, sizeGiB: 10 },
  size: 'low',
  image: 'example.com/postgresql:15',
  store: secretStore(eks),
  placement: { pool, imagePullSecrets: [] },
  consumers: [{ name: 'litellm', connections: 25 }],
};

const synthesize = (change: Partial<PostgresClusterProps> = {}): readonly Manifest[] =>
  synth((chart) => new PostgresCluster(chart, 'postgresql', { ...required, ...change }));

const specOf = (change: Partial<PostgresClusterProps> = {}) => find(synthesize(change), 'Cluster', 'postgresql').spec;

test('opens as many connections as its consumers may use together, and a reserve', () => {
  const consumers = [
    { name: 'litellm', connections: 115 },
    { name: 'codelab', connections: 60 },
  ];

  expect(specOf({ size: 'high', consumers }).postgresql.parameters['max_connections']).toBe('200');
});

test('fails when the memory cannot serve that many connections', () => {
  const consumers = [{ name: 'litellm', connections: 115 }];

  expect(() => synthesize({ consumers })).toThrow(
    'Cannot open "135" connections (litellm 115 + reserve 20) to PostgreSQL of size low as its 1024 MiB less 128 MiB of shared buffers ' +
      'serve 89: take a larger size, smaller pools or fewer replicas',
  );
});

test('gives each consumer a database, and a role that opens no more connections than it asked for', () => {
  const consumers = [
    { name: 'litellm', connections: 25 },
    { name: 'codelab', connections: 30 },
  ];
  const manifests = synthesize({ consumers });
  const { roles } = find(manifests, 'Cluster', 'postgresql').spec.managed;

  expect(roles).toMatchObject([
    { name: 'litellm', connectionLimit: 25, passwordSecret: { name: 'postgresql-litellm' } },
    { name: 'codelab', connectionLimit: 30, passwordSecret: { name: 'postgresql-codelab' } },
  ]);
  expect(find(manifests, 'Database', 'codelab').spec).toMatchObject({ name: 'codelab', owner: 'codelab', cluster: { name: 'postgresql' } });
});

test('is found under another name too, where it has been known by one', () => {
  expect(specOf({ alias: 'postgres' }).managed.services.additional).toEqual([
    { selectorType: 'rw', updateStrategy: 'patch', serviceTemplate: { metadata: { name: 'postgres' }, spec: { clusterIP: 'None' } } },
  ]);
  expect(specOf().managed).not.toHaveProperty('services');
});

test('creates the extensions of a database, and of no other', () => {
  const manifests = synthesize({
    consumers: [
      { name: 'openwebui', connections: 25, extensions: ['vector'] },
      { name: 'litellm', connections: 25 },
    ],
  });

  expect(find(manifests, 'Database', 'openwebui').spec.extensions).toEqual([{ name: 'vector', ensure: 'present' }]);
  expect(find(manifests, 'Database', 'litellm').spec).not.toHaveProperty('extensions');
});

test('delivers the credentials of a role in the form that the operator wants', () => {
  const { template } = find(synthesize(), 'ExternalSecret', 'postgresql-litellm').spec.target;

  expect(template).toMatchObject({
    type: 'kubernetes.io/basic-auth',
    data: { username: 'litellm', password: '{{ .password }}' },
  });
});

test('keeps the credentials under a name of the consumer’s own, with the URL beside them', () => {
  const consumers = [{ name: 'litellm', connections: 25, credentials: { secret: 'db-secret', urlKey: 'url' } }];
  const manifests = synthesize({ consumers });

  expect(find(manifests, 'ExternalSecret', 'db-secret').spec.target.template.data).toEqual({
    username: 'litellm',
    password: '{{ .password }}',
    url: 'postgresql://litellm:{{ .password | urlquery }}@postgresql-rw.test.svc.cluster.local:5432/litellm?sslmode=require',
  });
  expect(find(manifests, 'Cluster', 'postgresql').spec.managed.roles[0].passwordSecret).toEqual({ name: 'db-secret' });
});

test('survives every sync, and so do its databases', () => {
  const manifests = synthesize();

  for (const object of [find(manifests, 'Cluster', 'postgresql'), find(manifests, 'Database', 'litellm')]) {
    expect(object.metadata.annotations?.['argocd.argoproj.io/sync-options']).toContain('Prune=false,Delete=false');
  }
});

test('keeps three instances apart, confirms what two of them have, and lets one go at a time', () => {
  const { affinity, postgresql, enablePDB } = specOf({ settings: { instances: 3, sizeGiB: 100 }, size: 'high' });

  expect(affinity).toMatchObject({ enablePodAntiAffinity: true, topologyKey: 'topology.kubernetes.io/zone' });
  expect(postgresql.synchronous).toEqual({ method: 'any', number: 1, dataDurability: 'preferred' });
  expect(enablePDB).toBe(true);
});

test('lets the node of a single instance be drained', () => {
  const { enablePDB, postgresql } = specOf();

  expect([enablePDB, postgresql.synchronous]).toEqual([false, undefined]);
});

test('runs on its pool and pulls with its secrets', () => {
  const placement = {
    pool: { ...pool, labels: { 'node-type': 'cpu' }, taints: [{ key: 'data', effect: 'NoSchedule' as const }] },
    imagePullSecrets: ['registry'],
  };
  const { affinity, imagePullSecrets } = specOf({ placement });

  expect(affinity).toMatchObject({
    nodeSelector: { 'node-type': 'cpu' },
    tolerations: [{ key: 'data', operator: 'Exists', effect: 'NoSchedule' }],
  });
  expect(imagePullSecrets).toEqual([{ name: 'registry' }]);
});

test('lets in the operator, Prometheus and its own instances, each on its port', () => {
  const ports = synthesize()
    .filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.ingress !== undefined)
    .map(({ metadata, spec }) => [metadata.name, spec.ingress[0].ports[0].port]);

  expect(ports).toEqual([
    ['postgresql-from-postgresql', 5432],
    ['postgresql-from-cloudnative-pg', 5432],
    ['postgresql-status-from-cloudnative-pg', 8000],
    ['postgresql-metrics-from-prometheus', 9187],
  ]);
});

test('hands out a URL that leads to the primary by TLS and holds no password', () => {
  synth((chart) => {
    const database = new PostgresCluster(chart, 'postgresql', required).databaseOf('litellm');

    expect(databaseUrl(database, 'password')).toBe(
      'postgresql://litellm:{{ .password | urlquery }}@postgresql-rw.test.svc.cluster.local:5432/litellm?sslmode=require',
    );
  });
});

test('hands out a container that waits until the role is let in', () => {
  synth((chart) => {
    const { env } = waitForDatabase('example.com/postgresql:15', new PostgresCluster(chart, 'postgresql', required).databaseOf('litellm'));

    expect(env).toContainEqual({ name: 'PGHOST', value: 'postgresql-rw.test.svc.cluster.local' });
    expect(env).toContainEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'postgresql-litellm', key: 'password' } } });
  });
});

test('fails for a consumer that it was not told of', () => {
  expect(() => synth((chart) => new PostgresCluster(chart, 'postgresql', required).databaseOf('codelab'))).toThrow(
    'Cannot connect "codelab" to "postgresql" as it serves only litellm: add it to the consumers',
  );
});

describe('an archive', () => {
  const { cloud } = usWest2;
  const archive = { cloud, place: backupPlaceOf(usWest2), role: 'prod-us-west-2-database-backup', hour: 1, keepDays: 30 };

  test('receives every change and a copy a day, by an identity instead of a key', () => {
    const manifests = synthesize({ archive });
    const { backup, serviceAccountTemplate } = find(manifests, 'Cluster', 'postgresql').spec;

    expect(backup).toMatchObject({
      retentionPolicy: '30d',
      barmanObjectStore: {
        ...{ destinationPath: 's3://llm-backups-us-west-2/postgresql/test', serverName: 'postgresql-1' },
        s3Credentials: { inheritFromIAMRole: true },
      },
    });
    expect(serviceAccountTemplate.metadata.annotations['eks.amazonaws.com/role-arn']).toContain('prod-us-west-2-database-backup');
    expect(find(manifests, 'ScheduledBackup', 'postgresql').spec).toMatchObject({ schedule: '0 0 1 * * *', immediate: true });
    expect(find(manifests, 'NetworkPolicy', 'postgresql-to-internet').spec.egress[0].ports).toEqual([{ protocol: 'TCP', port: 443 }]);
  });

  test('on Azure is reached by the label of its identity', () => {
    const { backup, inheritedMetadata } = specOf({
      archive: { ...archive, cloud: germanyWestCentral.cloud, place: backupPlaceOf(germanyWestCentral) },
    });

    expect(backup.barmanObjectStore).toMatchObject({
      destinationPath: 'https://kivabackups.blob.core.windows.net/kiva-backups/postgresql/test',
      azureCredentials: { inheritFromAzureAD: true },
    });
    expect(inheritedMetadata.labels).toEqual({ 'azure.workload.identity/use': 'true' });
  });

  test('is what a recovered cluster begins with, and the next one is its own', () => {
    const settings = { ...required.settings, recovery: { fromArchive: 1, until: '2026-11-20T09:30:00Z' } };
    const { backup, bootstrap, externalClusters } = specOf({ archive, settings });

    expect(bootstrap.recovery).toEqual({ source: 'archive', recoveryTarget: { targetTime: '2026-11-20T09:30:00Z' } });
    expect(externalClusters).toMatchObject([{ name: 'archive', barmanObjectStore: { serverName: 'postgresql-1' } }]);
    expect(backup.barmanObjectStore.serverName).toBe('postgresql-2');
  });

  test('is missing where nothing is kept, and then nothing can be recovered', () => {
    const settings = { ...required.settings, recovery: { fromArchive: 1, until: '2026-11-20T09:30:00Z' } };

    expect(specOf()).not.toHaveProperty('backup');
    expect(() => synthesize({ settings })).toThrow(
      'Cannot recover "postgresql" of test as the target keeps no archive: leave out recovery, or give it a backup',
    );
  });
});
