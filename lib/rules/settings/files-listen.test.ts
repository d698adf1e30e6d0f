import { problems } from '../testing/problems';

const RULE = 'files-listen';
const read = (text: string, ports = [{ name: 'http', containerPort: 8080 }], file = 'config.yaml') =>
  problems(RULE, ({ get }) => {
    get('ConfigMap/web-config').data = { [file]: text };
    get('Deployment/web').spec.template.spec.containers[0].ports = ports;
  });
const AT = 'ConfigMap/web-config: /data/config.yaml';
const COLLECTOR = (endpoint: string) =>
  `receivers:\n  otlp:\n    protocols:\n      http:\n        endpoint: ${endpoint}\nservice:\n  pipelines:\n    traces:\n      receivers: [otlp]\n`;

test('accepts files that name the declared port, and addresses of others', () => {
  expect(read('server:\n  http_listen_port: 8080\n')).toEqual([]);
  expect(read('telemetry:\n  host: 0.0.0.0\n  port: 8080\n')).toEqual([]);
  expect(read('exporters:\n  endpoint: traces.example.com:4317\ncache:\n  host: redis\n  port: 6379\n')).toEqual([]);
  expect(read(COLLECTOR('0.0.0.0:8080'))).toEqual([]);
});

test('accepts a file of a container that declares no port', () => {
  expect(read('listen_port: 9000\n', [])).toEqual([]);
});

test.each([
  ['an address', 'endpoint: 0.0.0.0:9000\n'],
  ['an address of version 6', 'endpoint: "[::]:9000"\n'],
  ['a port with a name', '  http_listen_port: 9000\n'],
  ['a host and a port', '  host: "0.0.0.0"\n  port: 9000\n'],
  ['MongoDB', 'storage:\n  dbPath: /data\nnet:\n  bindIpAll: true\n  port: 9000\n'],
  ['Redis', 'bind * -::*\nport 9000\n'],
])('fails for another port, as %s writes it', (_, text) => {
  expect(read(text)).toEqual([`${AT} makes container web listen on 9000, a port that it does not declare (there: 8080)`]);
});

test('fails for a declared port at which only the pod is answered', () => {
  expect(read(COLLECTOR('localhost:8080'))).toEqual([
    `${AT} makes container web listen on localhost:8080, where only the pod itself can reach it`,
  ]);
});

test('fails for a collector that listens nowhere on a declared port', () => {
  const ports = [
    { name: 'http', containerPort: 8080 },
    { name: 'health', containerPort: 13133 },
  ];

  expect(read(COLLECTOR('0.0.0.0:8080'), ports)).toEqual([
    `${AT} has nothing listen on 13133, a port that container web declares (there: 8080)`,
  ]);
});
