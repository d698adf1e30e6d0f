import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'host-ports-resolve';
const HOST = 'web.app.svc.cluster.local';
const inFile = (text: string) =>
  problems(RULE, ({ get }) => {
    get('ConfigMap/web-config').data = { 'config.yaml': text };
  });
const withEnv = (env: readonly object[], change: (drafts: Drafts) => void = () => {}) =>
  problems(RULE, (drafts) => {
    drafts.get('Deployment/web').spec.template.spec.containers[0].env = env;
    change(drafts);
  });

test('accepts hosts with ports that their Services have, and hosts elsewhere', () => {
  expect(inFile(`cache:\n  host: ${HOST}\n  port: 80\nredis_host: ${HOST}\nredis_port: 80\n`)).toEqual([]);
  expect(inFile('host: db.example.com\nport: 5432\n')).toEqual([]);
  expect(withEnv([{ name: 'PGHOST', value: HOST }])).toEqual([]);
});

test('fails for a port beside a host in a file', () => {
  expect(inFile(`cache:\n  - redis_host: ${HOST}\n    redis_port: 81\n  host: ${HOST}\n  port: 8080\n`)).toEqual([
    'ConfigMap/web-config: /data/config.yaml has port 8080, which Service/web in app does not have (there: http 80)',
  ]);
});

test('fails for a port beside a host in variables', () => {
  const env = [
    { name: 'PGPORT', value: '81' },
    { name: 'PGHOST', value: HOST },
  ];

  expect(withEnv(env)).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/0/value is 81, which Service/web in app does not have (there: http 80)',
  ]);
});

test('fails for a port beside a host of a Kong plugin', () => {
  const change = ({ get }: Drafts) => {
    get('KongPlugin/limits').config = { policy: 'redis', redis: { host: HOST, port: 6379 } };
  };

  expect(problems(RULE, change)).toEqual([
    'KongPlugin/limits: /config/redis/port is 6379, which Service/web in app does not have (there: http 80)',
  ]);
});

test('fails for a pod beyond the replicas of its StatefulSet', () => {
  const change = ({ add }: Drafts) =>
    add({
      ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache', namespace: 'app' } },
      spec: { replicas: 3, serviceName: 'web', selector: {}, template: {} },
    });
  const env = (pod: string) => [{ name: 'MASTER', value: `${pod}.${HOST}` }];

  expect(withEnv(env('cache-2'), change)).toEqual([]);
  expect(withEnv(env('cache-3'), change)).toEqual([
    `Deployment/web: /spec/template/spec/containers/0/env/0/value is cache-3.${HOST}, a pod that StatefulSet/cache with 3 replicas never has`,
  ]);
});

test('fails for a port that a script asks a host of a variable at', () => {
  const script = (text: string) =>
    withEnv([{ name: 'WEB_HOST', value: HOST }], ({ get }) => {
      get('ConfigMap/web-config').data['wait.sh'] = text;
    });

  expect(script('nc -z "$WEB_HOST" 80\ncurl http://$WEB_HOST:80/\nnc -z "$OTHER_HOST" 81\n')).toEqual([]);
  expect(script('nc -z "$WEB_HOST" 81\n')).toEqual([
    'ConfigMap/web-config: /data/wait.sh asks $WEB_HOST at port 81, which Service/web in app does not have (there: http 80)',
  ]);
});
