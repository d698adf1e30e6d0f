import { drop, rename, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, ENGINE, FIRST, GATEWAY, LOAD_TESTER } from './objects';

export const probes = chapter('Probes', {
  'liveness-missing': ['A server has no liveness probe.', drop(GATEWAY, `${FIRST}/livenessProbe`)],
  'readiness-missing': ['A server has no readiness probe.', drop(ENGINE, `${FIRST}/readinessProbe`)],
  'readiness-misspelt': ['A readiness probe is misspelt, and so ignored.', rename(LOAD_TESTER, `${FIRST}/readinessProbe`, 'readinesProbe')],
  'liveness-impatient': [
    'A liveness probe restarts a server after one slow second.',
    set(ENGINE, `${FIRST}/livenessProbe`, { httpGet: { path: '/health', port: 'http' }, periodSeconds: 1, failureThreshold: 1 }),
  ],
  'probe-timeout-above-period': [
    'A probe may take longer than the time to the next.',
    set(ENGINE, `${FIRST}/readinessProbe/timeoutSeconds`, 60),
  ],
  'probe-two-ways': ['A probe asks in two ways at once.', set(GATEWAY, `${FIRST}/livenessProbe/tcpSocket`, { port: 'http' })],
  'probe-no-way': ['A probe asks nothing.', drop(GATEWAY, `${FIRST}/livenessProbe/httpGet`)],
  'probe-path-relative': ['A probe’s path has no slash.', set(GATEWAY, `${FIRST}/livenessProbe/httpGet/path`, 'health/liveliness')],
  'probe-threshold-zero': ['A probe may fail zero times.', set(GATEWAY, `${FIRST}/readinessProbe/failureThreshold`, 0)],
  'liveness-success-threshold': [
    'A liveness probe wants two successes, which Kubernetes refuses.',
    set(CACHE, `${FIRST}/livenessProbe/successThreshold`, 2),
  ],
  'model-ready-when-alive': [
    'A model’s server counts as ready before the model is loaded.',
    set('ServingRuntime/ml/pytorch', '/spec/containers/0/readinessProbe/httpGet/path', '/v2/health/live'),
    'prod/eu-west-1',
  ],
});
