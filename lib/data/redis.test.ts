import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eks } from '../environments/platforms';
import type { Manifest } from '../kubernetes/manifest';
import { secretStore } from '../security/secret-store';
import { find, synth } from '../testing/manifests';
import { RedisCache, type RedisCacheProps } from './redis';

const required: RedisCacheProps = {
  namespace: 'test',
  settings: { replicas: 0, sizeGiB: 2 },
  size: 'low',
  image: 'example.com/redis:7',
  exporter: 'example.com/redis-exporter:1',
  store: secretStore(eks),
  storedPassword: 'test-redis-password',
  placement: {
    pool: { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] },
    imagePullSecrets: [],
  },
};

const synthesize = (change: Partial<RedisCacheProps> = {}): readonly Manifest[] =>
  synth((chart) => new RedisCache(chart, 'redis', { ...required, ...change }));

const serverOf = (change: Partial<RedisCacheProps> = {}) =>
  find(synthesize(change), 'StatefulSet', 'redis').spec.template.spec.containers[0];

test('always asks for a password, which comes from a Secret and stands in no argument', () => {
  const manifests = synthesize();
  const { volumes, containers } = find(manifests, 'StatefulSet', 'redis').spec.template.spec;
  const [server] = containers;

  expect(find(manifests, 'ExternalSecret', 'redis-credentials').spec.target.template.data['credentials.conf']).toBe(
    'requirepass {{ .password | quote }}\nmasterauth {{ .password | quote }}\n',
  );
  expect(find(manifests, 'ConfigMap', 'redis-config').data['redis.conf']).toContain('include /etc/redis-credentials/credentials.conf');
  expect(volumes).toContainEqual(expect.objectContaining({ name: 'credentials', secret: expect.anything() }));
  expect(server.command).toEqual(['sh', '/etc/redis/start-redis.sh']);
});

test('has an exporter beside each server, which Prometheus alone may read', () => {
  const manifests = synthesize();
  const [, exporter] = find(manifests, 'StatefulSet', 'redis').spec.template.spec.containers;

  expect(exporter.env).toEqual([
    { name: 'REDIS_ADDR', value: 'redis://localhost:6379' },
    { name: 'REDIS_PASSWORD', valueFrom: { secretKeyRef: { name: 'redis-credentials', key: 'password' } } },
  ]);
  expect(find(manifests, 'PodMonitor', 'redis-metrics').spec.podMetricsEndpoints).toMatchObject([{ port: 'metrics' }]);
  expect(find(manifests, 'NetworkPolicy', 'redis-metrics-from-prometheus').spec.ingress[0].ports).toEqual([
    { protocol: 'TCP', port: 9121 },
  ]);
});

test('is probed with its password', () => {
  const { env, livenessProbe, readinessProbe, startupProbe } = serverOf();

  expect(env).toContainEqual({ name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: 'redis-credentials', key: 'password' } } });
  expect([livenessProbe, readinessProbe, startupProbe].map(({ exec }) => exec.command)).toEqual(
    Array.from({ length: 3 }, () => ['redis-cli', '-e', 'ping']),
  );
});

test.each(['low', 'high'] as const)('leaves memory of size %s to rewriting its file, which may double what is changed', (size) => {
  const { env, resources } = serverOf({ size });
  const used = Number.parseInt(env.find(({ name }: { name: string }) => name === 'MAX_MEMORY').value, 10);
  const limit = { '512Mi': 512, '1Gi': 1024 }[resources.limits.memory as string];

  expect(used * 2).toBe(limit);
});

test('sends clients to the master, by its name', () => {
  synth((chart) => {
    expect(new RedisCache(chart, 'redis', required).endpoint).toMatchObject({ host: 'redis-0.redis.test.svc.cluster.local', port: 6379 });
  });
  expect(find(synthesize(), 'Service', 'redis').spec.clusterIP).toBe('None');
});

test('follows with as many pods as the environment wants, of which one may be away at a time', () => {
  const manifests = synthesize({ settings: { replicas: 2, sizeGiB: 10 } });

  expect(find(manifests, 'StatefulSet', 'redis').spec.replicas).toBe(3);
  expect(find(manifests, 'PodDisruptionBudget', 'redis').spec.maxUnavailable).toBe(1);
  expect(find(manifests, 'NetworkPolicy', 'redis-to-redis').spec.egress[0].ports).toEqual([{ protocol: 'TCP', port: 6379 }]);
});

test('needs no way to itself, and no budget, when it is alone', () => {
  const kinds = synthesize().map(({ kind }) => kind);

  expect(kinds).not.toContain('PodDisruptionBudget');
  expect(
    synthesize()
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata }) => metadata.name),
  ).toEqual(['redis-metrics-from-prometheus']);
});

test('keeps its volumes, whatever becomes of it', () => {
  const { metadata, spec } = find(synthesize(), 'StatefulSet', 'redis');

  expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
  expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(spec.volumeClaimTemplates[0].spec).toMatchObject({
    storageClassName: 'data-block',
    resources: { requests: { storage: '2Gi' } },
  });
});

describe('the start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Arguments with which the script starts the server in a pod of this name. */
  function argumentsIn(pod: string): string {
    writeFileSync(join(folder, 'redis-server'), '#!/bin/sh\necho "$@"\n');
    chmodSync(join(folder, 'redis-server'), 0o755);
    const env = { PATH: `${folder}:${process.env['PATH']}`, HOSTNAME: pod, MASTER_HOST: 'redis-0.redis', MAX_MEMORY: '256mb' };
    return execFileSync('sh', [join(__dirname, 'start-redis.sh')], { env, encoding: 'utf8' }).trim();
  }

  test('makes the first pod the master', () => {
    expect(argumentsIn('redis-0')).toBe('/etc/redis/redis.conf --maxmemory 256mb');
  });

  test('makes every other pod follow it', () => {
    expect(argumentsIn('redis-10')).toBe('/etc/redis/redis.conf --maxmemory 256mb --replicaof redis-0.redis 6379');
  });
});
