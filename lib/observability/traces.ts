import type { Endpoint } from '../kubernetes/endpoint';

/** Port on which spans are taken over gRPC: OpenTelemetry's own protocol. */
export const OTLP_PORT = 4317;

/** The same over HTTP, for programs whose SDK has no gRPC. */
export const OTLP_HTTP_PORT = 4318;

/** Where a program sends its spans, over gRPC. */
export const otlpUrl = ({ host, port }: Endpoint): string => `http://${host}:${port}`;

/**
 * What the OpenTelemetry SDK of a program reads. It keeps every span, for what is worth keeping shows only when a trace is complete:
 * the collector decides.
 *
 * @param service name under which its spans are found
 */
export const tracingEnvironment = (service: string, collector: Endpoint): Readonly<Record<string, string>> => ({
  OTEL_SERVICE_NAME: service,
  OTEL_TRACES_SAMPLER: 'parentbased_always_on',
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl(collector),
  OTEL_EXPORTER_OTLP_TRACES_INSECURE: 'true', // within the cluster, where a policy admits each sender
});
