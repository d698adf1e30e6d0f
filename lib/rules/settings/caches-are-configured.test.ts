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
