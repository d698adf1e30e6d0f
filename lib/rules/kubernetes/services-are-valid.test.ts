import { parseAllDocuments } from 'yaml';

import { problems } from '../testing/problems';

const RULE = 'services-are-valid';
const service = (fields: object) => problems(RULE, ({ get }) => Object.assign(get('Service/web').spec, fields));
const data = (values: object) =>
  problems(RULE, ({ get }) => {
    get('ConfigMap/web-config').data = values;
  });

test.each<[object, string]>([
  [{ type: 'ClusterIp' }, '/type is "ClusterIp", not one of ClusterIP, ExternalName, LoadBalancer, NodePort'],
  [{ selector: undefined }, '/selector is missing: the Service would have no endpoints'],
  [
    { clusterIP: 'None', ports: [{ port: 80, targetPort: 8000 }] },
    '/ports/0/targetPort is 8000, and without an address of its own the Service translates no port: clients call the pods at 80',
  ],
  [{ ports: [{ port: 70000 }] }, '/ports/0/port is 70000, not a port from 1 to 65535'],
  [
    {
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 80 },
      ],
    },
    '/ports/1/port is 80/TCP a second time',
  ],
  [{ ports: [{ name: 'a', port: 80 }, { port: 81 }] }, '/ports/1/name is missing, and a Service with several ports needs a name for each'],
])('fails for a Service with %j', (fields, message) => {
  expect(service(fields)).toEqual([`Service/web: /spec${message}`]);
});

test('fails for the Service of a StatefulSet with an address of its own', () => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache', namespace: 'app' }, spec: { serviceName: 'web' } };

  expect(problems(RULE, ({ add }) => add(set))).toEqual([
    'Service/web: /spec/clusterIP is missing, not None: the pods of its StatefulSet would have no DNS names',
  ]);
});

test('accepts texts, and JSON where the name says so', () => {
  expect(data({ 'a.json': '{}', b_C: 'x: [' })).toEqual([]);
});

test.each<[object, string]>([
  [{ 'a/b': 'x' }, '/a~1b is no key of a ConfigMap, which has letters, digits, ".", "_" and "-" alone'],
  [{ a: 1 }, '/a is 1, not a text: put it into quotes'],
])('fails for a ConfigMap with %j', (values, message) => {
  expect(data(values)).toEqual([`ConfigMap/web-config: /data${message}`]);
});

test('fails for a JSON file and a YAML file that do not parse, and says where', () => {
  expect(data({ 'a.json': '{a}' })).toEqual([expect.stringMatching(/^ConfigMap\/web-config: \/data\/a\.json is no JSON: .* position 1/)]);
  expect(data({ 'a.yaml': 'x:\n  - [1, 2\ny: 3\n' })).toEqual([
    expect.stringMatching(/^ConfigMap\/web-config: \/data\/a\.yaml is no YAML: .* at line 3, column 1$/),
  ]);
});

test.each([
  'a: b\nc: d\na: e\n',
  'a: b:\n',
  'a: http://b:80/c\nd: e: f\n',
  'a: b\n  c: d\n',
  '- a: b\n c: d\n',
  'a: b\n\tc: d\n',
  'a: {\n  b: c\n  d: e\n}\n',
  'a: b\n---\nc: d\n e: f\n',
])('fails for a YAML file as a parser does that also reads its plain values: %j', (text) => {
  const [error] = parseAllDocuments(text).flatMap(({ errors }) => errors);

  expect(data({ 'a.yaml': text })).toEqual([`ConfigMap/web-config: /data/a.yaml is no YAML: ${error?.message.split(':\n')[0]}`]);
});

test('accepts a YAML file of several documents, and one that a program renders before it reads it', () => {
  expect(data({ 'a.yaml': 'a: 1\n---\nb: 2\n', 'b.yml': '{{ if x }}\na: [\n{{ end }}' })).toEqual([]);
});

test('fails for an ExternalSecret with a key twice or at no interval', () => {
  const change = ({ get }: { get: (id: string) => { spec: { data: object[]; refreshInterval?: string } } }) => {
    const { spec } = get('ExternalSecret/web-keys');
    spec.data.push({ secretKey: 'api-key', remoteRef: { key: 'other' } });
    spec.refreshInterval = '1 hour';
  };

  expect(problems(RULE, change)).toEqual([
    'ExternalSecret/web-keys: /spec/refreshInterval is "1 hour", which is no duration such as 1h',
    'ExternalSecret/web-keys: /spec/data/1/secretKey is "api-key" a second time',
  ]);
});
