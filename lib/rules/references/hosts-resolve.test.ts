import { problems } from '../testing/problems';

const setting = (value: unknown) =>
  problems('hosts-resolve', ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].env[0] = { name: 'SETTING', value };
  }).map((text) => text.replace('Deployment/web: /spec/template/spec/containers/0/env/0/value names ', ''));

test.each([
  ['http://webs.app.svc.cluster.local', '"webs.app.svc.cluster.local", but app has no Service "webs" (there: web)'],
  [
    'http://web.app.svc.cluster.local:8080/v1',
    'port 8080 of "web.app.svc.cluster.local", which Service "web" does not have (there: http 80)',
  ],
  ['https://web.app.svc', 'port 443 of "web.app.svc", which Service "web" does not have (there: http 80)'],
  ['http://webs:80/v1', '"webs", but app has no Service "webs" (there: web)'],
  ['http://web:8080', 'port 8080 of "web", which Service "web" does not have (there: http 80)'],
  ['web.app.svc.clusterlocal', '"web.app.svc.clusterlocal", but names of Services end in .svc.cluster.local'],
  [
    'postgresql://llm:{{ .password | urlquery }}@database-rw.llm.svc.cluster.local:5433/llm',
    'port 5433 of "database-rw.llm.svc.cluster.local", which Service "database-rw" does not have (there: postgres 5432)',
  ],
])('fails for %s', (value, message) => {
  expect(setting(value)).toEqual([message]);
});

test.each([
  'http://web.app.svc.cluster.local/v1',
  'http://web/v1',
  'http://web:80',
  'http://localhost:3000',
  'https://example.com',
  'http://model-canary.llm.svc.cluster.local:8000',
  'database-rw.llm.svc.cluster.local',
  'web-0.web.app.svc.cluster.local:80',
  'http://prometheus-operated.monitoring.svc.cluster.local:9090',
])('accepts %s', (value) => {
  expect(setting(value)).toEqual([]);
});

test('accepts a further name of a database that its cluster declares', () => {
  const asked = (name: string) =>
    problems('hosts-resolve', ({ get }) => {
      get('Cluster/database').spec.managed = { services: { additional: [{ serviceTemplate: { metadata: { name: 'postgres' } } }] } };
      get('Deployment/web').spec.template.spec.containers[0].env[0] = { name: 'SETTING', value: `${name}.llm.svc.cluster.local:5432` };
    });

  expect(asked('postgres')).toEqual([]);
  expect(asked('postgresql')).toHaveLength(1);
});

test('fails for files in ConfigMaps and for webhooks of a Canary', () => {
  expect(
    problems('hosts-resolve', ({ get }) => {
      get('ConfigMap/web-config').data['config.json'] = '{"model":"http://models.llm.svc.cluster.local:8000/v1"}';
      get('Canary/model').spec.analysis.webhooks = [{ url: 'http://loadtester.llm.svc.cluster.local/' }];
    }),
  ).toHaveLength(2);
});
