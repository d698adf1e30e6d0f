import { NAME_LABEL } from '../../kubernetes/labels';
import { PROMETHEUS_URL } from '../../observability/prometheus';
import { type Addon, controllerKinds, controllerRights, POD_MONITOR } from './addon';

/** Releases new versions of the inference service step by step. */
export const flagger = (cluster: string): Addon => ({
  name: 'flagger',
  namespace: 'flagger-system',
  source: {
    kind: 'chart',
    repository: 'https://flagger.app',
    chart: 'flagger',
    version: '1.44.0', // the first whose Canary has `backendTimeout`
    release: 'flagger',
    values: {
      // For a Canary that names no provider; ours all do. Any other default would write objects of a mesh that is not there.
      meshProvider: 'gatewayapi:v1',
      metricsServer: PROMETHEUS_URL,
      // The one label that selects a workload's pods. Of several, Flagger would take the first it finds.
      selectorLabels: NAME_LABEL,
      // Alerts say where.
      clusterName: cluster,
      // Failed and stuck releases raise an alert.
      podMonitor: { enabled: true, interval: '15s' },
    },
  },
  installs: {
    kinds: [...controllerKinds, POD_MONITOR],
    clusterKinds: controllerRights,
    definitions: ['flagger.app'],
  },
});
