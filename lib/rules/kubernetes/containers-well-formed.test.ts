import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const AT = 'Deployment/web: /spec/template/spec';
const pod = (change: (spec: Draft) => void) =>
  problems('containers-well-formed', ({ get }) => change(get('Deployment/web').spec.template.spec));
const container = (change: (spec: Draft) => void) => pod(({ containers }) => change(containers[0]));

test('accepts containers that are well formed', () => {
  expect(problems('containers-well-formed')).toEqual([]);
});

test('fails for two containers or volumes of one name', () => {
  expect(pod(({ containers }) => containers.push({ name: 'web' }))).toEqual([
    `${AT}/containers/1/name is "web", as that of another container there`,
  ]);
  expect(pod(({ volumes }) => volumes.push({ name: 'config', emptyDir: {} }))).toEqual([
    `${AT}/volumes/1/name is "config", as that of another volume there`,
  ]);
});

test.each([0, 65536, '8080', 80.5, undefined])('fails for the port %p', (containerPort) => {
  expect(container(({ ports }) => Object.assign(ports[0], { containerPort }))).toEqual([
    expect.stringContaining('not a port from 1 to 65535'),
  ]);
});

test.each(['Http', 'a-name-of-17-char', '8080', 'a--b', '-a'])('fails for a port that is named "%s"', (name) => {
  expect(container(({ ports }) => Object.assign(ports[0], { name }))).toEqual([expect.stringContaining(`/ports/0/name is "${name}"`)]);
});

test('fails for a port twice, by name or by number', () => {
  expect(container(({ ports }) => ports.push({ name: 'http', containerPort: 9090 }))).toHaveLength(1);
  expect(container(({ ports }) => ports.push({ name: 'other', containerPort: 8080 }))).toHaveLength(1);
  expect(container(({ ports }) => ports.push({ name: 'other', containerPort: 8080, protocol: 'UDP' }))).toEqual([]);
});

test('fails for variables without a name, with a number for a text, and twice', () => {
  expect(container(({ env }) => env.push({ name: '1ST', value: 'x' }))).toEqual([
    `${AT}/containers/0/env/1/name is "1ST", which is no name of a variable`,
  ]);
  expect(container(({ env }) => env.push({ name: 'PORT', value: 80 }))).toEqual([`${AT}/containers/0/env/1/value is 80, not a text`]);
  expect(container(({ env }) => env.push({ name: 'API_KEY', value: '' }))).toEqual([
    `${AT}/containers/0/env/1/name is "API_KEY", as that of another variable there`,
  ]);
});

test('fails for mounts that are not absolute, and for two in one place', () => {
  expect(container(({ volumeMounts }) => volumeMounts.push({ name: 'config', mountPath: 'etc' }))).toEqual([
    `${AT}/containers/0/volumeMounts/1/mountPath is "etc", not an absolute path`,
  ]);
  expect(container(({ volumeMounts }) => volumeMounts.push({ name: 'config', mountPath: '/etc/web' }))).toEqual([
    `${AT}/containers/0/volumeMounts/1/mountPath is "/etc/web", as that of another mount there`,
  ]);
});

test('fails for a Service with two ports and no names, and with one port twice', () => {
  const service = (...ports: readonly object[]) =>
    problems('containers-well-formed', ({ get }) => Object.assign(get('Service/web').spec, { ports }));

  expect(service({ port: 80 })).toEqual([]);
  expect(service({ port: 80 }, { port: 81, name: 'b' })).toEqual(['Service/web: /spec/ports/0/name is missing, not a name']);
  expect(service({ port: 80, name: 'a' }, { port: 80, name: 'b' })).toEqual([
    'Service/web: /spec/ports/1/port is "80/TCP", as that of another port there',
  ]);
  expect(service({ port: 0 })).toEqual(['Service/web: /spec/ports/0/port is 0, not a port from 1 to 65535']);
});
