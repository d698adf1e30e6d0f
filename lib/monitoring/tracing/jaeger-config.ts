import { writer } from '../../observability/elasticsearch';
import { HEALTH_PORT, memoryLimiter, otlpReceiver, telemetry } from './collector-config';
import type { TraceStorage, TracingSettings } from './tracing-settings';

/** Port of the pages, and of what Grafana asks. */
export const QUERY_PORT = 16686;

/** Where its volume is mounted. */
export const TRACES_FOLDER = '/traces';

const BACKEND = 'traces';

/** Configuration of Jaeger 2: takes traces from the collector, keeps them and shows them. */
export function jaegerConfig({ storage, retentionHours }: Pick<TracingSettings, 'storage' | 'retentionHours'>): object {
  return {
    receivers: otlpReceiver,
    processors: { memory_limiter: memoryLimiter, batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: BACKEND } },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: `0.0.0.0:${HEALTH_PORT}` } },
      jaeger_storage: { backends: { [BACKEND]: backend(storage, retentionHours) } },
      jaeger_query: { storage: { traces: BACKEND }, http: { endpoint: `0.0.0.0:${QUERY_PORT}` } },
    },
    service: {
      extensions: ['healthcheckv2', 'jaeger_storage', 'jaeger_query'],
      telemetry,
      pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['jaeger_storage_exporter'] } },
    },
  };
}

/** Badger on a volume ends what is old by itself. Elasticsearch is told to: see the page on traces. */
function backend(storage: TraceStorage, retentionHours: number): object {
  if (storage.kind === 'elasticsearch') {
    return {
      elasticsearch: {
        server_urls: [storage.url],
        auth: { basic: { username: writer.user, password: writer.password } },
      },
    };
  }
  return {
    badger: {
      directories: { keys: `${TRACES_FOLDER}/keys`, values: `${TRACES_FOLDER}/values` },
      ephemeral: false,
      ttl: { spans: `${retentionHours}h` },
    },
  };
}
