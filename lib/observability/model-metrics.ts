import { INGRESS_GATEWAY } from '../routing/istio-gateway';

/** Service by which gateways reach a model. */
export const modelService = (model: string): string => `${model}-api`;

/** What a gateway tells of the requests for models. */
export interface ModelMetrics {
  /** Counter of the answers. */
  readonly requests: string;

  /** Histogram of how long they take, in milliseconds. */
  readonly latency: string;

  /** Label with the status of an answer. */
  readonly code: string;

  /** Label that tells models apart. */
  readonly route: string;

  /** What matches the requests for all models of a namespace. */
  readonly ofAll: (namespace: string) => string;

  /** What matches those for one. */
  readonly ofOne: (namespace: string, model: string) => string;
}

/** Kong's, whose controller names routes after the objects that they come from. */
export const kongMetrics: ModelMetrics = {
  ...{ requests: 'kong_http_requests_total', latency: 'kong_request_latency_ms_bucket', code: 'code', route: 'route' },
  ofAll: (namespace) => `route=~"httproute[.]${namespace}[.].*"`,
  ofOne: (namespace, model) => `route=~"httproute[.]${namespace}[.]${model}[.].*"`,
};

const atGateway = (namespace: string): string =>
  `reporter="source", source_workload="${INGRESS_GATEWAY}", destination_service_namespace="${namespace}"`;

/** Those of Istio's gateway, which knows a model by the Service that it forwards to. */
export const istioMetrics: ModelMetrics = {
  ...{ requests: 'istio_requests_total', latency: 'istio_request_duration_milliseconds_bucket' },
  ...{ code: 'response_code', route: 'destination_service_name' },
  ofAll: (namespace) => `${atGateway(namespace)}, destination_service_name=~"${modelService('.+')}"`,
  ofOne: (namespace, model) => `${atGateway(namespace)}, destination_service_name="${modelService(model)}"`,
};
