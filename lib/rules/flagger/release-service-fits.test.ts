import { problems } from '../testing/problems';

const service = (fields: object) => problems('release-service-fits', ({ get }) => Object.assign(get('Canary/model').spec.service, fields));

test('accepts one port and equal timeouts', () => {
  expect([...service({}), ...service({ timeout: '1h10m', backendTimeout: '70m' }), ...service({ portDiscovery: false })]).toEqual([]);
});

test.each([undefined, 0, 65536, 'http'])('fails for port %j', (port) => {
  expect(service({ port })).toEqual([
    `Canary/model: /spec/service/port is ${JSON.stringify(port) ?? 'missing'}, not a port from 1 to 65535`,
  ]);
});

test('fails for timeouts that are no durations of the Gateway API', () => {
  expect(service({ timeout: 610, backendTimeout: '1.5m' })).toEqual([
    'Canary/model: /spec/service/timeout is 610, not a duration such as "610s"',
    'Canary/model: /spec/service/backendTimeout is "1.5m", not a duration such as "610s"',
  ]);
});

test('fails for a backend that may take longer than the request, or that Kong times', () => {
  expect([...service({ timeout: '60s', backendTimeout: '10m' }), ...service({ backendTimeout: undefined })]).toEqual([
    'Canary/model: /spec/service/backendTimeout is 10m, longer than the 60s of the whole request',
    "Canary/model: /spec/service/backendTimeout is missing: Kong's own is 60 seconds, which cuts long answers off",
  ]);
});

test('fails for a request without an end, and for retries that nobody carries out', () => {
  expect([...service({ timeout: undefined }), ...service({ retries: { attempts: 3 } })]).toEqual([
    'Canary/model: /spec/service/timeout is missing: nothing says how long a request may take, and what drains does not know how long to wait',
    'Canary/model: /spec/service/retries is written, and Kong does not carry it out: retries are an annotation of the Services',
  ]);
});

test('fails for discovered ports', () => {
  expect(service({ portDiscovery: true })).toEqual([
    'Canary/model: /spec/service/portDiscovery is true: whatever a container listens on would be published',
    'Canary/model: /spec/service/portName is "http", as that of the discovered port 8080',
  ]);
});
