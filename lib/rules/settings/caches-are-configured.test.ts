import { problems } from '../testing/problems';

const SCRATCH = { name: 'data', emptyDir: { sizeLimit: '1Gi' } };
const CLAIMED = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };

const redis = (...rows: string[]) => on(CLAIMED, rows);
const on = (volume: object, rows: readonly string[]) =>
  problems('caches-are-configured', ({ get }) => {
    get('ConfigMap/web-config').data = { 'redis.conf': ['# a cache', ...rows].join('\n') };
    const { spec } = get('Deployment/web').spec.template;
    spec.volumes.push(volume);
    spec.containers[0].volumeMounts.push({ name: 'data', mountPath: '/data' });
  });
const AT = 'ConfigMap/web-config: /data/redis.conf says';

test('accepts what Redis knows', () => {
  expect(redis('dir /data', 'appendonly yes', 'maxmemory 512mb', 'maxmemory-policy allkeys-lru', 'bind * -::*')).toEqual([]);
});

test.each([
  ['maxmemory-policy allkeys-least', ': maxmemory-policy is one of noeviction, allkeys-lru'],
  ['appendfsync sometimes', ': appendfsync is one of always, everysec, no'],
  ['port 6380', ', a port that no container declares (there: 8080)'],
  ['bind 127.0.0.1', ': only the pod itself could connect'],
  ['maxmemory half', ': a size is like 512mb'],
  ['dir /var/lib/redis', ', where the pod has no volume to write to'],
  ['include /etc/elsewhere/credentials.conf', ', where the pod has no volume'],
])('fails for "%s"', (row, message) => {
  expect(redis(row)).toEqual([expect.stringContaining(`${AT} "${row}" in line 2${message}`)]);
});

test('accepts a cache that keeps nothing', () => {
  expect(on(SCRATCH, ['dir /data', 'appendonly no'])).toEqual([]);
});

test('fails for what is kept on a volume that goes with the pod', () => {
  expect(on(SCRATCH, ['dir /data', 'appendonly yes'])).toEqual([
    `${AT} "appendonly yes" in line 3, and keeps it on a volume that goes with the pod`,
  ]);
});

describe('a cache of several pods', () => {
  const POLICY = 'maxmemory-policy allkeys-lru';
  const cache = (policy: string, leader: number, host: string) =>
    problems('caches-are-configured', ({ get, add }) => {
      const { spec } = structuredClone(get('Deployment/web'));
      spec.template.spec.volumes = [{ name: 'config', configMap: { name: 'cache' } }];
      const metadata = { name: 'cache', namespace: 'app' };
      const script = `if [ "\${HOSTNAME##*-}" = ${leader} ]; then exec redis-server; fi\n`;
      add(
        { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { ...spec, serviceName: 'cache' } },
        { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'redis.conf': `${policy}\n`, 'start.sh': script } },
        {
          ...{ apiVersion: 'configuration.konghq.com/v1', kind: 'KongPlugin', metadata: { name: 'limit', namespace: 'app' } },
          config: { redis: { host } },
        },
      );
    });
  const FIRST = 'cache-0.cache.app.svc.cluster.local';

  test('leads where its clients write, and lets something go', () => {
    expect(cache(POLICY, 0, FIRST)).toEqual([]);
    expect(cache(POLICY, 1, 'cache-1.cache.app.svc.cluster.local')).toEqual([]);
    expect(cache('maxmemory-policy noeviction', 0, 'other.app.svc.cluster.local')).toEqual([]);
  });

  test('fails where clients write to a pod that follows', () => {
    expect(cache(POLICY, 1, FIRST)).toEqual([
      'KongPlugin/limit: /config/redis/host names cache-0, which follows: the script lets cache-1 lead, and followers take no writes',
    ]);
  });

  test.each([
    ['maxmemory-policy noeviction', 'says "maxmemory-policy noeviction"'],
    ['# nothing', 'lacks a maxmemory-policy'],
  ])('fails where it refuses writes when it is full: %s', (policy, message) => {
    expect(cache(policy, 0, FIRST)).toEqual([
      `ConfigMap/cache: /data/redis.conf ${message}: a full cache would refuse every write of KongPlugin/limit, which keeps nothing there that it cannot do without`,
    ]);
  });
});
