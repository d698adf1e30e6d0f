import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

import { eks } from '../environments/platforms';
import type { Manifest } from '../kubernetes/manifest';
import { queryOf } from '../rules/promql/query';
import { secretStore } from '../security/secret-store';
import { find, synth } from '../testing/manifests';
import { MongoDatabase, type MongoDatabaseProps } from './mongo';
import { mongoBudget } from './mongo-budget';

const required: MongoDatabaseProps = {
  namespace: 'test',
  settings: { members: 1, sizeGiB: 10 },
  size: 'low',
  images: { mongodb: 'example.com/mongo:8', exporter: 'example.com/mongodb_exporter:0' },
  store: secretStore(eks),
  stored: 'test-mongodb',
  placement: {
    pool: { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] },
    imagePullSecrets: [],
  },
  consumers: ['chat'],
};
const three: Partial<MongoDatabaseProps> = { settings: { members: 3, sizeGiB: 100 }, size: 'high' };

const synthesize = (change: Partial<MongoDatabaseProps> = {}): readonly Manifest[] =>
  synth((chart) => new MongoDatabase(chart, 'mongodb', { ...required, ...change }));
const podOf = (change: Partial<MongoDatabaseProps> = {}) => find(synthesize(change), 'StatefulSet', 'mongodb').spec.template.spec;
const setUpOf = (change: Partial<MongoDatabaseProps> = {}) => {
  const [container] = find(synthesize(change), 'Job', 'mongodb-set-up').spec.template.spec.containers;
  return new Map<string, string>(container.env.map(({ name, value }: { name: string; value?: string }) => [name, value]));
};
const policies = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ kind, metadata }) => (kind === 'NetworkPolicy' ? [metadata.name] : [])).sort();

const urlOf = (change: Partial<MongoDatabaseProps> = {}): string => {
  const urls: string[] = [];
  synth((chart) => urls.push(new MongoDatabase(chart, 'mongodb', { ...required, ...change }).databaseOf('chat').url('password')));
  return urls.join();
};

test('lets nobody in without a key or a password', () => {
  const config = parse(find(synthesize(), 'ConfigMap', 'mongodb-config').data['mongod.yaml']);

  expect(config.security).toEqual({ keyFile: '/run/mongodb/keyfile' });
  expect(config.net).toMatchObject({ port: 27017, bindIpAll: true });
});

test('takes its credentials from the store, and writes none', () => {
  const { data, target } = find(synthesize(), 'ExternalSecret', 'mongodb-credentials').spec;

  expect(data.map(({ remoteRef }: { remoteRef: { key: string } }) => remoteRef.key)).toEqual([
    ...['test-mongodb-key', 'test-mongodb-root-password', 'test-mongodb-exporter-password', 'test-mongodb-chat-password'],
  ]);
  expect(target.template.data['exporter-url']).toBe('mongodb://exporter:{{ .exporter | urlquery }}@localhost:27017/admin');
});

test.each([
  ['low', 0.25, 384],
  ['high', 1.5, 1280],
] as const)('caches and admits what the memory of size %s holds', (size, cacheGB, maxConnections) => {
  const { env } = podOf({ size }).containers[0];

  expect(mongoBudget(size)).toMatchObject({ cacheGB, maxConnections });
  expect(env).toContainEqual({ name: 'CACHE_GB', value: `${cacheGB}` });
  expect(env).toContainEqual({ name: 'MAX_CONNECTIONS', value: `${maxConnections}` });
});

test('is ready as a primary, as a secondary and before there is a replica set, and not in between', () => {
  const script = find(synthesize(), 'ConfigMap', 'mongodb-config').data['ready-mongodb.sh'];
  const [, asked = ''] = /--eval '([^']+)'/.exec(script) ?? [];
  const exitCode = (hello: object): unknown => {
    let code: unknown;
    new Function('db', 'quit', asked)({ hello: () => hello }, (given: unknown) => {
      code = given;
    });
    return code;
  };

  expect(podOf().containers[0].readinessProbe.exec.command).toEqual(['sh', '/etc/mongodb/ready-mongodb.sh']);
  expect(exitCode({ setName: 'mongodb', isWritablePrimary: true, secondary: false })).toBe(0);
  expect(exitCode({ setName: 'mongodb', isWritablePrimary: false, secondary: true })).toBe(0);
  expect(exitCode({ isWritablePrimary: false, secondary: false, isreplicaset: true })).toBe(0);
  expect(exitCode({ setName: 'mongodb', isWritablePrimary: false, secondary: false })).toBe(1);
});

test('has members find each other by name before they are ready, and start together', () => {
  const manifests = synthesize(three);

  expect(find(manifests, 'Service', 'mongodb').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  expect(find(manifests, 'StatefulSet', 'mongodb').spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
});

test('lets one of three members go at a time, and the node of a single one be drained', () => {
  expect(find(synthesize(three), 'PodDisruptionBudget', 'mongodb').spec.maxUnavailable).toBe(1);
  expect(synthesize().map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
});

test('keeps its volumes, whatever becomes of it', () => {
  const { metadata, spec } = find(synthesize(), 'StatefulSet', 'mongodb');

  expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
  expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(spec.volumeClaimTemplates[0].spec).toMatchObject({ storageClassName: 'data-block', resources: { requests: { storage: '10Gi' } } });
});

test('opens ways for its members, its set-up and Prometheus alone', () => {
  expect(policies(synthesize(three))).toEqual([
    'mongodb-from-mongodb',
    'mongodb-from-mongodb-set-up',
    'mongodb-metrics-from-prometheus',
    'mongodb-set-up-to-mongodb',
    'mongodb-to-mongodb',
  ]);
  expect(policies(synthesize())).not.toContain('mongodb-to-mongodb');
});

test('sets up after the members are there and before anybody needs them', () => {
  const waves = [
    ['StatefulSet', 'mongodb'],
    ['Job', 'mongodb-set-up'],
  ].map(([kind = '', name = '']) => Number(find(synthesize(), kind, name).metadata.annotations?.['argocd.argoproj.io/sync-wave']));

  expect(waves).toEqual([-2, -1]);
});

test('sets up a user for people, one for metrics and one for each consumer, who reads its own database alone', () => {
  expect(JSON.parse(setUpOf({ consumers: ['auth', 'chat'] }).get('USERS') ?? '')).toEqual([
    { user: 'root', database: 'admin', roles: [{ role: 'root', db: 'admin' }], passwordFrom: 'ROOT_PASSWORD' },
    {
      ...{ user: 'exporter', database: 'admin', passwordFrom: 'EXPORTER_PASSWORD' },
      roles: [
        { role: 'clusterMonitor', db: 'admin' },
        { role: 'read', db: 'local' },
      ],
    },
    { user: 'auth', database: 'auth', roles: [{ role: 'readWrite', db: 'auth' }], passwordFrom: 'AUTH_PASSWORD' },
    { user: 'chat', database: 'chat', roles: [{ role: 'readWrite', db: 'chat' }], passwordFrom: 'CHAT_PASSWORD' },
  ]);
});

test('hands out a URL that names every member, holds no password and waits for a majority', () => {
  expect(urlOf()).toBe(
    'mongodb://chat:{{ .password | urlquery }}@mongodb-0.mongodb.test.svc.cluster.local:27017/chat?replicaSet=mongodb&authSource=chat&w=majority',
  );
  expect(urlOf(three).match(/mongodb-\d\.mongodb\.test\.svc\.cluster\.local:27017/g)).toHaveLength(3);
});

test('fails for a consumer that it was not told of', () => {
  expect(() => synth((chart) => new MongoDatabase(chart, 'mongodb', required).databaseOf('auth'))).toThrow(
    'Cannot connect "auth" to "mongodb" as it serves only chat: add it to the consumers',
  );
});

test('wakes somebody when nobody takes writes, and speaks of lag where somebody follows', () => {
  const alertsOf = (change: Partial<MongoDatabaseProps>): { alert: string; expr: string; labels: { severity: string } }[] =>
    find(synthesize(change), 'PrometheusRule', 'mongodb-alerts').spec.groups[0].rules;
  const severities = (change: Partial<MongoDatabaseProps>) =>
    Object.fromEntries(alertsOf(change).map(({ alert, labels }) => [alert, labels.severity]));

  expect(severities(three)).toEqual({
    ...{ MongodbDown: 'ticket', MongodbNoPrimary: 'page', MongodbReplicationLag: 'ticket', MongodbConnectionsFull: 'ticket' },
  });
  expect(severities({})).toEqual({ MongodbDown: 'page', MongodbNoPrimary: 'page', MongodbConnectionsFull: 'ticket' });
  for (const { expr } of alertsOf(three)) expect(queryOf(expr).error).toBeUndefined();
});

test('starts the server with its key in a file that nobody else reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mongod-'));
  try {
    const script = readFileSync(join(__dirname, 'start-mongod.sh'), 'utf8').replaceAll('/run/mongodb', `${folder}/run`);
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'mongod'), '#!/bin/sh\necho "$@" "key:$(printenv MEMBER_KEY || echo none)"\n');
    chmodSync(join(folder, 'mongod'), 0o755);
    const env = { PATH: `${folder}:${process.env['PATH']}`, MEMBER_KEY: 'a2V5', CACHE_GB: '0.25', MAX_CONNECTIONS: '384' };

    expect(execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).trim()).toBe(
      '--config /etc/mongodb/mongod.yaml --wiredTigerCacheSizeGB 0.25 --maxConns 384 key:none',
    );
    expect(readFileSync(join(folder, 'run', 'keyfile'), 'utf8')).toBe('a2V5\n');
    expect(statSync(join(folder, 'run', 'keyfile')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
