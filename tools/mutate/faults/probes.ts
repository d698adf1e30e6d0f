import { all, drop, rename, set } from '../edits';
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
  'liveness-one-failure': [
    'One slow second, once in a while, restarts a gateway with its streams.',
    all(set(GATEWAY, `${FIRST}/livenessProbe/timeoutSeconds`, 1), set(GATEWAY, `${FIRST}/livenessProbe/failureThreshold`, 1)),
  ],
  'liveness-before-readiness': [
    'A server is restarted before it is taken out of its Service.',
    set(GATEWAY, `${FIRST}/readinessProbe/failureThreshold`, 20),
  ],
  'probe-takes-refusals': [
    'A cache that lets nobody in counts as ready.',
    set(CACHE, `${FIRST}/readinessProbe/exec/command`, ['redis-cli', 'ping']),
  ],
  'probe-always-true': [
    'A probe succeeds whatever the cache says.',
    set(CACHE, `${FIRST}/livenessProbe/exec/command`, ['sh', '-c', 'redis-cli -e ping || true']),
  ],
  'member-ready-by-port': [
    'A member of a replica set counts as ready when its port is open.',
    set('StatefulSet/gpt/mongodb', `${FIRST}/readinessProbe`, { tcpSocket: { port: 'mongodb' } }),
    'prod/eu-west-1',
  ],
  'probe-without-tls': [
    'A probe speaks plain HTTP to a port of TLS.',
    drop('Deployment/kube-system/gpu-scheduler', `${FIRST}/livenessProbe/httpGet/scheme`),
  ],
});
