import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const AT = 'Deployment/web: /spec/template/spec/containers/0';
const MESSAGE = 'of the pod itself, which none of its containers declares (there: 8080)';
const web = (change: (container: Draft) => void) =>
  problems('own-ports-resolve', ({ get }) => change(get('Deployment/web').spec.template.spec.containers[0]));
const told = (name: string, value: string) => web(({ env }) => env.push({ name, value }));

test('accepts calls of ports that the pod has, where programs listen, and what is for others', () => {
  expect(told('SELF_URL', 'http://user:pass@localhost:8080/health')).toEqual([]);
  expect(told('ADMIN_ADDRESS', '127.0.0.1:9901')).toEqual([]);
  expect(told('CORS_ALLOW_ORIGIN', 'https://web.example.com;http://localhost:3000')).toEqual([]);
  expect(web((container) => Object.assign(container, { args: ['--admin=127.0.0.1:9901'] }))).toEqual([]);
});

test('accepts a pod of which nobody says where it listens', () => {
  expect(
    web((container) => {
      delete container.ports;
      container.env.push({ name: 'SELF_URL', value: 'http://localhost:9999' });
    }),
  ).toEqual([]);
});

test.each(['http://localhost:8081/', 'redis://:key@127.0.0.1:8081', 'http://[::1]:8081'])('fails for a variable with %s', (url) => {
  expect(told('SELF_URL', url)).toEqual([`${AT}/env/1/value calls port 8081 ${MESSAGE}`]);
});

test.each([
  ['args', { args: ['--server=http://localhost:8081'] }],
  ['readinessProbe/exec/command', { readinessProbe: { exec: { command: ['curl', '-sf', 'http://localhost:8081/'] } } }],
  ['livenessProbe/exec/command', { livenessProbe: { exec: { command: ['redis-cli', '-p', '8081', 'ping'] } } }],
])('fails for %s', (field, fields) => {
  expect(web((container) => Object.assign(container, fields))).toEqual([`${AT}/${field} calls port 8081 ${MESSAGE}`]);
});

test('accepts a client that asks another host', () => {
  const livenessProbe = { exec: { command: ['redis-cli', '-h', 'redis.app', '-p', '6379', 'ping'] } };

  expect(web((container) => Object.assign(container, { livenessProbe }))).toEqual([]);
});

test('fails for files and Secrets that the pod reads', () => {
  const found = problems('own-ports-resolve', ({ get }) => {
    get('ConfigMap/web-config').data['config.yaml'] = 'self: http://localhost:8081/';
    get('ExternalSecret/web-keys').spec.target.template = {
      data: { 'api-key': 'mongodb://web:{{ .key | urlquery }}@localhost:8082/admin' },
    };
  });

  expect(found).toEqual([
    `ConfigMap/web-config: /data/config.yaml calls port 8081 ${MESSAGE}`,
    `ExternalSecret/web-keys: /spec/target/template/data/api-key calls port 8082 ${MESSAGE}`,
  ]);
});
