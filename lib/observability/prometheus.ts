import type { Peer } from '../kubernetes/endpoint';
import { serviceHost } from '../kubernetes/endpoint';

const NAMESPACE = 'monitoring';

/** Prometheus' pods, wherever the operator runs them. */
export const prometheus: Peer = { name: 'prometheus', namespace: NAMESPACE, pods: { 'app.kubernetes.io/name': 'prometheus' } };

/** The Service that the Prometheus Operator makes for its servers. */
export const PROMETHEUS_URL = `http://${serviceHost('prometheus-operated', NAMESPACE)}:9090`;
