import { problems } from '../testing/problems';
import { mongodbUrl, withReplicaSet } from '../testing/sample-replica-set';
import type { Drafts } from '../testing/sample-target';

/** The web server with a pool of 10 connections in each of its 4 + 1 pods. */
function withDatabase({ get }: Drafts, limit: number | undefined, change: (cluster: Record<string, unknown>) => void): void {
  const external = get('ExternalSecret/web-keys');
  external.spec.target.template = { data: { 'api-key': 'postgresql://web:{{ .password }}@database-rw.llm.svc.cluster.local:5432/web' } };
  get('ConfigMap/web-config').data['config.yaml'] = limit === undefined ? '' : `settings:\n  database_connection_pool_limit: ${limit}\n`;
  change(get('Cluster/database').spec);
}

const postgres = (parameters: object, roles: readonly object[] = []) => ({ postgresql: { parameters }, managed: { roles } });
const check = (limit: number | undefined, spec: object, more: (drafts: Drafts) => void = () => {}) =>
  problems('connections-fit', (drafts) => {
    withDatabase(drafts, limit, (cluster) => void Object.assign(cluster, spec));
    more(drafts);
  });

test('accepts a database that accepts all its clients', () => {
  expect(check(10, postgres({ max_connections: '53' }, [{ name: 'web', connectionLimit: 50 }]))).toEqual([]);
  expect(check(undefined, postgres({ max_connections: '8' }))).toEqual([]);
});

test('fails for a database that the last pods of a rollout cannot reach', () => {
  expect(check(10, postgres({ max_connections: '50' }))).toEqual([
    'Cluster/database: /spec/postgresql/parameters/max_connections is 50, but clients may open 50 beside the 3 that PostgreSQL reserves: ' +
      'Deployment/web in app 50 (4 at most + 1 during a rollout, 10 each)',
  ]);
});

test('counts every worker process of a pod', () => {
  const workers = check(10, postgres({ max_connections: '100' }), ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].args = ['--num_workers=2'];
  });
  expect(workers).toEqual([expect.stringContaining('is 100, but clients may open 100')]);

  const told = check(10, postgres({ max_connections: '100' }), ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'UVICORN_WORKERS', value: '2' });
  });
  expect(told).toEqual([expect.stringContaining('is 100, but clients may open 100')]);
});

test('fails for a role with fewer connections than its clients', () => {
  expect(check(10, postgres({ max_connections: '60' }, [{ name: 'web', connectionLimit: 40 }]))).toEqual([
    expect.stringContaining('/spec/managed/roles/0/connectionLimit is 40, but clients may open 50 as "web"'),
  ]);
});

test('fails for a role with more connections than the server', () => {
  expect(check(10, postgres({ max_connections: '60' }, [{ name: 'web', connectionLimit: 70 }]))).toEqual([
    expect.stringContaining('/spec/managed/roles/0/connectionLimit is 70, more than the 60 connections of the whole server'),
  ]);
});

describe('of members of MongoDB', () => {
  const asked = (most: string, replicas: number, options = '') =>
    problems('connections-fit', (drafts) => {
      withReplicaSet(drafts);
      const { get, remove } = drafts;
      get('StatefulSet/documents').spec.template.spec.containers[0].env.push({ name: 'MAX_CONNECTIONS', value: most });
      remove('HorizontalPodAutoscaler/web');
      get('Deployment/web').spec.replicas = replicas;
      get('ExternalSecret/web-keys').spec.target.template = { data: { 'api-key': `${mongodbUrl}${options}` } };
    });

  test('are enough for what the drivers of all pods pool', () => {
    expect(asked('300', 3)).toEqual([]);
    expect(asked('60', 3, '&maxPoolSize=20')).toEqual([]);
  });

  test('are too few for them', () => {
    expect(asked('299', 3)).toEqual([
      'StatefulSet/documents: /spec/template/spec/containers/0/env/1/value is 299, but clients may open 300: Deployment/web in app 300 (3 pods, 100 each)',
    ]);
  });
});
