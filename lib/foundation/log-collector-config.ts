import { httpUrl } from '../kubernetes/endpoint';
import { writer } from '../observability/elasticsearch';
import { LOG_DATASET, type LogDestination, logLabels } from '../observability/logs';

/** Ports of the collector. */
export const HEALTH_PORT = 13133;
export const METRICS_PORT = 8888;

/** Where kubelet keeps what containers write, and where the collector keeps how far it has read. */
export const LOGS = '/var/log/pods';
export const POSITIONS = '/var/lib/slipway-log-collector';

/**
 * Configuration of the collector. Namespace, pod and container are in the path of a file; the service is a label of the pod.
 *
 * @param self pods of the collector: what it writes about what it reads would be read again
 */
export function logCollectorConfig(self: { readonly name: string; readonly namespace: string }, logs: LogDestination): object {
  const { processors, exporters } = logs.kind === 'loki' ? { processors: {}, exporters: toLoki(logs) } : toElasticsearch(logs);
  return {
    receivers: {
      filelog: {
        include: [`${LOGS}/*/*/*.log`],
        exclude: [`${LOGS}/${self.namespace}_${self.name}-*/*/*.log`],
        include_file_path: true,
        include_file_name: false,
        start_at: 'end',
        storage: 'file_storage',
        retry_on_failure: { enabled: true },
        operators: [{ type: 'container', id: 'container-parser' }],
      },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
      k8sattributes: {
        auth_type: 'serviceAccount',
        filter: { node_from_env_var: 'NODE_NAME' },
        extract: {
          metadata: [logLabels.namespace, logLabels.pod, 'k8s.node.name'],
          labels: [{ tag_name: logLabels.service, key: logLabels.service, from: 'pod' }],
        },
        pod_association: [{ sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] }],
      },
      ...processors,
      batch: {},
    },
    exporters,
    extensions: { health_check: { endpoint: `0.0.0.0:${HEALTH_PORT}` }, file_storage: { directory: POSITIONS } },
    service: {
      extensions: ['health_check', 'file_storage'],
      telemetry: {
        metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS_PORT } } } }] },
        logs: { level: 'info', encoding: 'json' },
      },
      pipelines: {
        logs: {
          receivers: ['filelog'],
          processors: ['memory_limiter', 'k8sattributes', ...Object.keys(processors), 'batch'],
          exporters: Object.keys(exporters),
        },
      },
    },
  };
}

type To<K extends LogDestination['kind']> = Extract<LogDestination, { readonly kind: K }>;

const toLoki = ({ endpoint }: To<'loki'>): object => ({ otlphttp: { endpoint: `${httpUrl(endpoint)}/otlp` } });

/** As documents in OpenTelemetry's own form, in a data stream that the dataset names. */
const toElasticsearch = ({ url }: To<'elasticsearch'>) => ({
  processors: { resource: { attributes: [{ key: 'data_stream.dataset', value: LOG_DATASET, action: 'insert' }] } },
  exporters: {
    elasticsearch: {
      endpoint: url,
      ...writer,
      mapping: { mode: 'otel' },
      // A full queue holds up who reads the files, which are there a little longer.
      sending_queue: { enabled: true, block_on_overflow: true },
      // For five minutes, as with Loki; otherwise three times at once. What a balancer answers may be written twice, and is not lost.
      retry: { enabled: true, max_retries: 14, initial_interval: '1s', max_interval: '30s', retry_on_status: [429, 502, 503, 504] },
    },
  },
});
