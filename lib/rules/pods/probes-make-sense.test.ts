import { problems } from '../testing/problems';

const AT = 'Deployment/web: /spec/template/spec/containers/0';
const HTTP = { httpGet: { path: '/health', port: 'http' } };
const probing = (probes: object) =>
  problems('probes-make-sense', ({ get }) => Object.assign(get('Deployment/web').spec.template.spec.containers[0], probes));

test('accepts probes of every kind', () => {
  expect(probing({ livenessProbe: { exec: { command: ['ask'] }, periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 2 } })).toEqual([]);
  expect(probing({ readinessProbe: { tcpSocket: { port: 'http' }, successThreshold: 2 } })).toEqual([]);
  expect(probing({ startupProbe: { ...HTTP, periodSeconds: 5, timeoutSeconds: 10, failureThreshold: 100 } })).toEqual([]);
});

test('fails for a probe that asks in no way, or in two', () => {
  expect(probing({ livenessProbe: {} })).toEqual([`${AT}/livenessProbe has no action: httpGet, tcpSocket, exec or grpc (container web)`]);
  expect(probing({ livenessProbe: { ...HTTP, tcpSocket: { port: 'http' } } })).toEqual([
    `${AT}/livenessProbe has 2 actions instead of one: httpGet, tcpSocket (container web)`,
  ]);
});

test.each([
  ['a path without a slash', { httpGet: { path: 'health', port: 'http' } }, '/httpGet/path is "health", which does not begin with a slash'],
  ['a threshold of zero', { ...HTTP, failureThreshold: 0 }, '/failureThreshold is 0, not a whole number from 1'],
  ['a text for a number', { ...HTTP, periodSeconds: '10' }, '/periodSeconds is 10, not a whole number from 1'],
  ['a timeout above its period', { ...HTTP, timeoutSeconds: 60 }, '/timeoutSeconds is 60, longer than the 10 seconds to the next probe'],
])('fails for %s', (_, readinessProbe, message) => {
  expect(probing({ readinessProbe })).toEqual([`${AT}/readinessProbe${message} (container web)`]);
});

test('fails for an impatient liveness probe', () => {
  expect(probing({ livenessProbe: { ...HTTP, periodSeconds: 5, failureThreshold: 1, timeoutSeconds: 5 } })).toEqual([
    `${AT}/livenessProbe/failureThreshold is 1: the container would be restarted after 5 seconds without an answer, less than 20 (container web)`,
  ]);
});

test('counts the silence that a server may keep, not the time until it is asked', () => {
  expect(probing({ livenessProbe: { ...HTTP, periodSeconds: 60, failureThreshold: 1, timeoutSeconds: 5 } })).toEqual([
    `${AT}/livenessProbe/failureThreshold is 1: the container would be restarted after 5 seconds without an answer, less than 20 (container web)`,
  ]);
});

test('fails for a server that is restarted before it is taken out of its Service', () => {
  const patient = { ...HTTP, periodSeconds: 30, failureThreshold: 4 };

  expect(probing({ livenessProbe: patient, readinessProbe: patient })).toEqual([]);
  expect(probing({ livenessProbe: HTTP, readinessProbe: patient })).toEqual([
    `${AT}/livenessProbe/failureThreshold is 3: the container would be restarted after 30 seconds without an answer, before it is taken out of its Service after 120 (container web)`,
  ]);
});

test('fails for liveness that wants two successes', () => {
  expect(probing({ livenessProbe: { ...HTTP, successThreshold: 2 } })).toEqual([
    `${AT}/livenessProbe/successThreshold is 2, but must be 1 for this probe (container web)`,
  ]);
});
