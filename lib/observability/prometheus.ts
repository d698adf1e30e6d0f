import type { Endpoint, Peer } from '../kubernetes/endpoint';
import { serviceHost } from '../kubernetes/endpoint';

const NAMESPACE = 'monitoring';

/** Port of Prometheus. */
export const PROMETHEUS_PORT = 9090;

/** Prometheus' pods, as the operator labels them. */
export const prometheus: Peer = { name: 'prometheus', namespace: NAMESPACE, pods: { 'app.kubernetes.io/name': 'prometheus' } };

/** The Service that the Prometheus Operator makes for its servers. */
export const prometheusEndpoint: Endpoint = {
  ...prometheus,
  host: serviceHost('prometheus-operated', NAMESPACE),
  port: PROMETHEUS_PORT,
  podPort: PROMETHEUS_PORT,
};

/** Where what runs in the cluster asks for metrics. */
export const PROMETHEUS_URL = `http://${prometheusEndpoint.host}:${PROMETHEUS_PORT}`;
