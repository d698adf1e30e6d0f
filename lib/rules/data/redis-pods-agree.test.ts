import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const CONFIG = '# With requirepass and masterauth.\ninclude /etc/redis-credentials/credentials.conf\ndir /data\n';
const SCRIPT = `#!/bin/sh
if [ "\${HOSTNAME##*-}" = 0 ]; then
  exec redis-server /etc/redis/redis.conf --maxmemory "$MAX_MEMORY"
fi
exec redis-server /etc/redis/redis.conf --maxmemory "$MAX_MEMORY" --replicaof "$MASTER_HOST" 6379
`;

/** What the rule finds in a Redis of three pods, after a change. */
const found = (change: (drafts: Drafts, pod: Draft) => void = () => {}) =>
  problems('redis-pods-agree', (drafts) => {
    const ping = { exec: { command: ['redis-cli', '-e', 'ping'] } };
    const pod: Draft = {
      containers: [
        {
          ...{ name: 'redis', image: 'docker.io/library/redis:7.4', command: ['sh', '/etc/redis/start.sh'], readinessProbe: ping },
          env: [
            { name: 'MASTER_HOST', value: 'cache-0.cache.app.svc.cluster.local' },
            { name: 'MAX_MEMORY', value: '512mb' },
          ],
          volumeMounts: [
            { name: 'config', mountPath: '/etc/redis' },
            { name: 'credentials', mountPath: '/etc/redis-credentials' },
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: 'cache' } },
        { name: 'credentials', secret: { secretName: 'cache', items: [{ key: 'conf', path: 'credentials.conf' }] } },
      ],
    };
    drafts.add(
      {
        ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache', namespace: 'app' } },
        spec: { replicas: 3, serviceName: 'cache', selector: {}, template: { spec: pod } },
      },
      {
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cache', namespace: 'app' } },
        data: { 'redis.conf': CONFIG, 'start.sh': SCRIPT },
      },
      {
        ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'cache', namespace: 'app' } },
        spec: { target: { template: { data: { conf: 'requirepass {{ .key }}\nmasterauth {{ .key }}\n' } } } },
      },
    );
    change(drafts, pod);
  });
const secret = (conf: string) => found(({ get }) => void Object.assign(get('ExternalSecret/cache').spec.target.template.data, { conf }));
const file = (name: string, from: string, to: string) =>
  found(({ get }) => {
    const { data } = get('ConfigMap/cache');
    data[name] = data[name].replaceAll(from, to);
  });
const CONTAINER = 'StatefulSet/cache: /spec/template/spec/containers/0';

test('accepts pods with a password that follow the first', () => {
  expect(found()).toEqual([]);
});

test('accepts one pod that follows nobody, and a Secret that only the store knows', () => {
  expect(
    found(({ get }) => {
      get('StatefulSet/cache').spec.replicas = 1;
      get('ConfigMap/cache').data['start.sh'] = 'exec redis-server /etc/redis/redis.conf\n';
      get('ExternalSecret/cache').spec.target.template.data.conf = 'requirepass {{ .key }}\n';
    }),
  ).toEqual([]);
  expect(
    found(({ get }) => {
      get('ExternalSecret/cache').spec = { dataFrom: [{ extract: { key: 'cache' } }] };
    }),
  ).toEqual([]);
});

test('fails for a Redis without a password, for clients or for the pod that is followed', () => {
  expect(secret('masterauth {{ .key }}\n')).toEqual([
    `${CONTAINER} is told no password (requirepass): whoever reaches it reads and writes`,
  ]);
  expect(secret('requirepass {{ .key }}\n')).toEqual([
    `${CONTAINER} is told no password for the pod that it follows (masterauth), which lets nobody in without`,
  ]);
  expect(file('redis.conf', 'include /etc/redis-credentials/credentials.conf', 'protected-mode no')).toHaveLength(1);
});

test('fails for a file that is included and not there', () => {
  expect(file('redis.conf', '/etc/redis-credentials/', '/etc/redis/')).toContain(
    'ConfigMap/cache: /data/redis.conf includes /etc/redis/credentials.conf, which the volume there does not hold',
  );
});

test('fails for pods of which each is a Redis of its own', () => {
  expect(file('start.sh', ' --replicaof "$MASTER_HOST" 6379', '')).toEqual([
    'StatefulSet/cache: /spec/replicas is 3, but nothing makes one Redis follow another: each would hold something else',
  ]);
});

test('fails for a pod that would follow itself', () => {
  const message = (ordinal: number, first: number) =>
    `${CONTAINER}/env/0/value is cache-${ordinal}.cache.app.svc.cluster.local, but the script lets pod ${first} follow nobody: ${ordinal} would follow itself (MASTER_HOST)`;

  expect(found((_, pod) => void Object.assign(pod.containers[0].env[0], { value: 'cache-1.cache.app.svc.cluster.local' }))).toEqual([
    message(1, 0),
  ]);
  expect(file('start.sh', '= 0 ]', '= 1 ]')).toEqual([message(0, 1)]);
});

test('fails for a size in a unit of Kubernetes', () => {
  expect(found((_, pod) => void Object.assign(pod.containers[0].env[1], { value: '512Mi' }))).toEqual([
    `${CONTAINER}/env/1/value is "512Mi", and a size of Redis is like 512mb (MAX_MEMORY)`,
  ]);
});

test('fails for a probe that takes any answer', () => {
  expect(found((_, pod) => void Object.assign(pod.containers[0].readinessProbe.exec, { command: ['redis-cli', 'ping'] }))).toEqual([
    `${CONTAINER}/readinessProbe/exec/command lacks -e: redis-cli ends well even if Redis refuses it, or is still loading`,
  ]);
});

test('fails for a claim that holds less than its Redis', () => {
  const claimed = (storage: string) =>
    found(({ get }) => {
      get('StatefulSet/cache').spec.volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } }];
    });

  expect(claimed('1Gi')).toEqual([]);
  expect(claimed('100Mi')).toEqual([
    'StatefulSet/cache: /spec/volumeClaimTemplates/0/spec/resources/requests/storage is 100Mi, less than the 512mb that Redis may hold and keeps there',
  ]);
});
