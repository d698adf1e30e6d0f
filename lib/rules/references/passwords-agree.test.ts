import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'passwords-agree';
const secret = (name: string, entry: string, data: Draft): Draft => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name, namespace: 'llm' },
  spec: { data: [{ secretKey: 'password', remoteRef: { key: entry } }], target: { name, template: { data } } },
});
const URL = { URL: 'postgresql://web:{{ .password | urlquery }}@database-rw.llm.svc.cluster.local:5432/web' };

const database = (entry: string) =>
  problems(RULE, ({ get, add }) => {
    get('Cluster/database').spec.managed = { roles: [{ name: 'web', passwordSecret: { name: 'database-web' } }] };
    add(secret('database-web', 'web-password', { username: 'web', password: '{{ .password }}' }), secret('client', entry, URL));
  });

test('accepts a client that reads the entry of its database', () => {
  expect(database('web-password')).toEqual([]);
});

test('fails for a client that reads another entry than its database', () => {
  expect(database('database-password')).toEqual([
    'ExternalSecret/client: /spec/data/0/remoteRef/key is "database-password", but web of Cluster/database in llm takes its password from "web-password" (ExternalSecret/database-web in llm)',
  ]);
});

const redis = (entry: string) =>
  problems(RULE, ({ add }) => {
    const pod = { volumes: [{ name: 'credentials', secret: { secretName: 'cache' } }], containers: [{ name: 'cache' }] };
    add(
      {
        ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache', namespace: 'llm' } },
        spec: { template: { metadata: { labels: { 'app.kubernetes.io/name': 'cache' } }, spec: pod } },
      },
      {
        ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'cache', namespace: 'llm' } },
        spec: { selector: { 'app.kubernetes.io/name': 'cache' }, ports: [{ port: 6379 }] },
      },
      secret('cache', 'cache-password', { 'credentials.conf': 'requirepass {{ .password | quote }}' }),
      secret('client', entry, { URL: 'redis://:{{ .password | urlquery }}@cache-0.cache.llm.svc.cluster.local:6379/0' }),
    );
  });

test('accepts a client that reads the entry of its cache', () => {
  expect(redis('cache-password')).toEqual([]);
});

test('fails for a client that reads another entry than its cache', () => {
  expect(redis('redis-password')).toEqual([
    'ExternalSecret/client: /spec/data/0/remoteRef/key is "redis-password", but Redis "cache" takes its password from "cache-password" (ExternalSecret/cache in llm)',
  ]);
});

test('fails for a client that sends another key than the one that a gateway without a database knows', () => {
  const gateway = (entry: string, further = '') =>
    problems(RULE, ({ get, add }) => {
      const key = (name: string) => ({ valueFrom: { secretKeyRef: { name, key: 'password' } } });
      const metadata = { name: 'gateway', namespace: 'llm' };
      const master = [{ name: 'MASTER', ...key('gateway') }];
      const pod = { volumes: [{ name: 'config', configMap: { name: 'gateway' } }], containers: [{ name: 'gateway', env: master }] };
      add(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata,
          data: { 'config.yaml': `model_list: []\nmaster_key: os.environ/MASTER\n${further}` },
        },
        {
          ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
          spec: { template: { metadata: { labels: { 'app.kubernetes.io/name': 'gateway' } }, spec: pod } },
        },
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata,
          spec: { selector: { 'app.kubernetes.io/name': 'gateway' }, ports: [{ port: 4000 }] },
        },
        secret('gateway', 'gateway-key', { password: '{{ .password }}' }),
        secret('client', entry, { password: '{{ .password }}' }),
      );
      const env = [
        { name: 'OPENAI_BASE_URL', value: 'http://gateway:4000/v1' },
        { name: 'OPENAI_API_KEY', ...key('client') },
      ];
      get('Deployment/model').spec.template.spec.containers[0].env = env;
    });

  expect(gateway('gateway-key')).toEqual([]);
  expect(gateway('agents-key', 'database_url: os.environ/URL\n')).toEqual([]);
  expect(gateway('agents-key')).toEqual([
    'ExternalSecret/client: /spec/data/0/remoteRef/key is "agents-key", but Deployment/gateway in llm takes its password from "gateway-key" (ExternalSecret/gateway in llm)',
  ]);
});
