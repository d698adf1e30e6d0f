import type { Endpoint } from '../../kubernetes/endpoint';
import { OTLP_HTTP_PORT, OTLP_PORT } from '../../observability/traces';

/** Ports of the collector and of Jaeger, which is built of the same parts. */
export const HEALTH_PORT = 13133;
export const METRICS_PORT = 8888;

/** A trace is judged when nothing more is expected of it: the longest request is answered within this time, or is slow in any case. */
const DECISION_SECONDS = 30;

/** Of a slow trace, milliseconds. */
const SLOW_MS = 10_000;

/** OTLP over gRPC, on every address of the pod. */
export const otlpReceiver = { otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${OTLP_PORT}` } } } } as const;

/** What comes in is refused before memory runs out: senders try again, a killed collector loses what it holds. */
export const memoryLimiter = { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 } as const;

/** What both say about themselves. */
export const telemetry = {
  metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS_PORT } } } }] },
  logs: { level: 'info', encoding: 'json' },
} as const;

/** Attributes that could hold what users write. The engine writes none of them; whoever traces next must not either. */
const CONTENTS = '^(gen_ai\\.(prompt|completion|input|output|system_instructions).*|llm\\.(prompts|completions).*|.*authorization)$';

/**
 * Configuration of the collector: takes spans, takes out what users wrote, keeps whole traces that failed or were slow and a share of the
 * others, and hands them to Jaeger.
 */
export function collectorConfig(keptPercent: number, jaeger: Endpoint): object {
  return {
    receivers: { otlp: { protocols: { ...otlpReceiver.otlp.protocols, http: { endpoint: `0.0.0.0:${OTLP_HTTP_PORT}` } } } },
    processors: {
      memory_limiter: memoryLimiter,
      'transform/contents': {
        error_mode: 'ignore',
        trace_statements: [
          {
            context: 'span',
            statements: [
              `delete_matching_keys(span.attributes, "${CONTENTS.replaceAll('\\', '\\\\')}")`,
              // A query may hold what users search for.
              'replace_pattern(span.attributes["http.url"], "\\\\?.*", "")',
            ],
          },
        ],
      },
      tail_sampling: {
        decision_wait: `${DECISION_SECONDS}s`,
        num_traces: 50_000,
        policies: [
          { name: 'failed', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
          { name: 'slow', type: 'latency', latency: { threshold_ms: SLOW_MS } },
          { name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: keptPercent } },
        ],
      },
      batch: {},
    },
    exporters: { 'otlp/jaeger': { endpoint: `${jaeger.host}:${jaeger.port}`, tls: { insecure: true } } },
    extensions: { health_check: { endpoint: `0.0.0.0:${HEALTH_PORT}` } },
    service: {
      extensions: ['health_check'],
      telemetry,
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'transform/contents', 'tail_sampling', 'batch'],
          exporters: ['otlp/jaeger'],
        },
      },
    },
  };
}
