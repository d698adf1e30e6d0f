import { Construct } from 'constructs';

import { KongClusterPlugin } from '../../imports/configuration.konghq.com';
import { GatewayClass } from '../../imports/gateway.networking.k8s.io';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';
import type { DataPlane } from '../routing/kong';

/** What every request of a data plane passes. */
const GLOBAL_PLUGINS = {
  prometheus: { bandwidth_metrics: true, latency_metrics: true, status_code_metrics: true, upstream_health_metrics: true },
  'correlation-id': { header_name: 'X-Request-ID', generator: 'uuid', echo_downstream: true },
} as const;

const annotations = { ...routes, ...fromAddon };

/** What a data plane of Kong needs outside of its namespace: the class of its gateways, and the plugins that are on for all routes. */
export class DataPlaneClass extends Construct {
  constructor(scope: Construct, { name, controllerName }: DataPlane) {
    super(scope, `data-plane-${name}`);

    new GatewayClass(this, 'class', {
      // Unmanaged: the proxies are there already, a Gateway starts none.
      metadata: { name, annotations: { ...annotations, 'konghq.com/gatewayclass-unmanaged': 'true' } },
      spec: { controllerName },
    });

    for (const [plugin, config] of Object.entries(GLOBAL_PLUGINS)) {
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
