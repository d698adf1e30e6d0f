import { Construct } from 'constructs';

import { KongClusterPlugin } from '../../imports/configuration.konghq.com';
import { GatewayClass } from '../../imports/gateway.networking.k8s.io';
import { type Endpoint, httpUrl } from '../kubernetes/endpoint';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';
import { type DataPlane, publicKong } from '../routing/kong';

/** What every request of a data plane passes. */
const GLOBAL_PLUGINS = {
  prometheus: { bandwidth_metrics: true, latency_metrics: true, status_code_metrics: true, upstream_health_metrics: true },
  'correlation-id': { header_name: 'X-Request-ID', generator: 'uuid', echo_downstream: true },
} as const;

const annotations = { ...routes, ...fromAddon };

/** What a data plane of Kong needs outside of its namespace: the class of its gateways, and the plugins that are on for all routes. */
export class DataPlaneClass extends Construct {
  /**
   * @param traces where spans of public requests are sent, by OTLP over HTTP; undefined where nothing is traced. The internal data plane
   * sends none: what it passes is a span of the engine already
   */
  constructor(scope: Construct, plane: DataPlane, traces: Endpoint | undefined) {
    const { name, controllerName } = plane;
    super(scope, `data-plane-${name}`);

    new GatewayClass(this, 'class', {
      // Unmanaged: the proxies are there already, a Gateway starts none.
      metadata: { name, annotations: { ...annotations, 'konghq.com/gatewayclass-unmanaged': 'true' } },
      spec: { controllerName },
    });

    const tracing = traces === undefined || plane !== publicKong ? {} : { opentelemetry: tracingOf(name, traces) };
    for (const [plugin, config] of Object.entries({ ...GLOBAL_PLUGINS, ...tracing })) {
      new KongClusterPlugin(this, plugin, {
        metadata: {
          name: `${name}-${plugin}`,
          labels: { global: 'true' },
          annotations: { ...annotations, 'kubernetes.io/ingress.class': name },
        },
        plugin,
        config,
      });
    }
  }
}

/** Each request is a span with its HTTP status; the collector decides which are kept. */
const tracingOf = (name: string, traces: Endpoint): object => ({
  traces_endpoint: `${httpUrl(traces)}/v1/traces`,
  sampling_rate: 1,
  resource_attributes: { 'service.name': name },
});
