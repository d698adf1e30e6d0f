import type { Checks } from '../acceptance';
import { allIn, dist, page } from '../read';
import { container, podOf } from '../workloads';
import { app } from './cluster';

const database = () => dist(`${app}/Cluster.postgres`).spec;
const cache = () => dist(`${app}/StatefulSet.redis`);
const delivered = (name: string) => dist(`${app}/ExternalSecret.${name}`).spec;
const keysOf = (name: string): string[] => {
  const { data, target } = delivered(name);
  return Object.keys(target.template.data ?? Object.fromEntries(data.map(({ secretKey }: { secretKey: string }) => [secretKey, ''])));
};

/** PostgreSQL, Redis and Secrets. */
export const data: Checks = {
  78: () => {
    expect(dist(`${app}/Database.codelab`).spec).toMatchObject({ name: 'codelab', owner: 'codelab', cluster: { name: 'postgres' } });
    expect(database().managed.roles).toEqual([expect.objectContaining({ name: 'codelab', login: true })]);
  },
  79: () => expect(database().managed.roles[0].passwordSecret).toEqual({ name: 'postgres-secret' }),
  80: () => expect(database().storage).toMatchObject({ size: '50Gi', storageClass: 'data-block' }),
  81: () =>
    expect(database().resources).toEqual({ requests: { cpu: '1000m', memory: '2048Mi' }, limits: { cpu: '2000m', memory: '4096Mi' } }),
  82: () => {
    expect(database().instances - 1).toBe(2);
    expect(page('decisions/0016-codelab-asks-a-proxy-of-its-own')).toContain('Whoever wants to read only may ask `postgres-ro`');
  },
  83: () => {
    expect(allIn(`dist/${app}`, 'StatefulSet').map(({ metadata }) => metadata.name)).toEqual(['redis']);
    expect(dist(`${app}/Cluster.postgres`).apiVersion).toBe('postgresql.cnpg.io/v1');
  },
  84: () => {
    expect(database().imageName).toMatch(/^ghcr\.io\/cloudnative-pg\/postgresql:15\./);
    expect(dist(`${app}/NetworkPolicy.gateway-to-postgres`).spec.egress[0].ports).toEqual([{ port: 5432, protocol: 'TCP' }]);
  },
  85: () => {
    expect(keysOf('postgres-secret')).toEqual(expect.arrayContaining(['username', 'password']));
    expect(delivered('postgres-secret').target.template.data.username).toBe('codelab');
    expect(dist(`${app}/Database.codelab`).spec.name).toBe('codelab');
  },
  86: () => expect(database().storage).toEqual({ resizeInUseVolumes: expect.any(Boolean), size: '50Gi', storageClass: 'data-block' }),
  87: () => {
    expect(database().managed.services.additional).toEqual([
      { selectorType: 'rw', updateStrategy: 'patch', serviceTemplate: { metadata: { name: 'postgres' }, spec: { clusterIP: 'None' } } },
    ]);
    expect(delivered('postgres-secret').target.template.data['connection-string']).toMatch(
      /^postgresql:\/\/codelab:.*@postgres-rw\.codelab\.svc\.cluster\.local:5432\/codelab\?sslmode=require$/,
    );
  },

  88: () => {
    const start: string = dist(`${app}/ConfigMap.redis-config`).data['start-redis.sh'];

    expect(start).toContain('--replicaof "$MASTER_HOST" 6379');
    expect(container(cache()).env).toContainEqual({ name: 'MASTER_HOST', value: 'redis-0.redis.codelab.svc.cluster.local' });
    expect(dist(`${app}/ConfigMap.redis-config`).data['redis.conf']).toContain('appendonly yes');
  },
  89: () => {
    expect(delivered('redis-credentials').target.template.data['credentials.conf']).toMatch(/^requirepass .*\nmasterauth /);
    expect(dist(`${app}/ConfigMap.redis-config`).data['redis.conf']).toContain('include /etc/redis-credentials/credentials.conf');
  },
  90: () => {
    expect(cache().spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('10Gi');
    expect(container(cache()).resources).toEqual({ requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } });
  },
  91: () => {
    expect(cache().spec.replicas - 1).toBe(2);
    expect(container(cache()).resources.requests).toEqual({ cpu: '500m', memory: '512Mi' });
  },
  92: () => {
    expect(container(cache()).image).toMatch(/^docker\.io\/library\/redis:7\./);
    expect(container(cache()).ports).toContainEqual({ name: 'redis', containerPort: 6379 });
    expect(container(cache()).volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
    expect(cache().spec.volumeClaimTemplates[0].spec).toMatchObject({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '10Gi' } },
    });
  },
  93: () => {
    expect(dist(`${app}/Service.redis`).spec).toMatchObject({ clusterIP: 'None', ports: [expect.objectContaining({ port: 6379 })] });
    const pods = allIn(`dist/${app}`).flatMap((object) => podOf(object)?.spec ?? []);
    expect(pods.length).toBeGreaterThanOrEqual(5);
    expect(pods.filter(({ enableServiceLinks }) => enableServiceLinks !== false)).toEqual([]);
  },

  94: () => expect(keysOf('api-keys')).toEqual(['openai-api-key', 'internal-api-key']),
  95: () => expect(keysOf('jwt-secret')).toEqual(['jwt-secret-key']),
  96: () => expect(keysOf('oauth-secret')).toEqual(['client-secret']),
  97: () => expect(keysOf('postgres-secret')).toEqual(expect.arrayContaining(['connection-string', 'password'])),
};
