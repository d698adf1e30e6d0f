import type { GpuPool } from '../../regions/region';
import { tolerations } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR } from './addon';

/** Measures GPUs, where no operator does: their load, memory, heat and faults, by node, and by the pod that has them. */
export const dcgmExporter = (pool: GpuPool): Addon => ({
  name: 'dcgm-exporter',
  namespace: 'monitoring-system',
  source: {
    kind: 'chart',
    repository: 'https://nvidia.github.io/dcgm-exporter/helm-charts',
    chart: 'dcgm-exporter',
    version: '4.1.3',
    release: 'dcgm-exporter',
    values: {
      nodeSelector: pool.labels,
      tolerations: tolerations(pool),
      // Its labels name the pod that has the GPU.
      serviceMonitor: { enabled: true, interval: '15s', honorLabels: true },
      resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    },
  },
  installs: { kinds: [...controllerKinds, 'apps/DaemonSet', SERVICE_MONITOR], clusterKinds: controllerRights, definitions: [] },
});
