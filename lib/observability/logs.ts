import type { Endpoint } from '../kubernetes/endpoint';
import type { Elasticsearch } from './elasticsearch';

/** Where collectors write the logs of their nodes. */
export type LogDestination = { readonly kind: 'loki'; readonly endpoint: Endpoint } | Elasticsearch;

/** What of a line is found by name: whose it is. */
export const logLabels = {
  service: 'app.kubernetes.io/name',
  namespace: 'k8s.namespace.name',
  pod: 'k8s.pod.name',
  container: 'k8s.container.name',
} as const;

/** What lines belong to in Elasticsearch, so that they have rights and an age of their own there. */
export const LOG_DATASET = 'slipway';

/** The data streams that hold them: the collector adds in which form they are. */
export const LOG_STREAMS = `logs-${LOG_DATASET}.otel-*`;
