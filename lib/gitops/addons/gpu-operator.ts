import type { GpuPool } from '../../regions/region';
import { type Addon, controllerKinds, controllerRights } from './addon';

/** Makes GPUs known to the scheduler, and measures them. */
export const gpuOperator = ({ taints }: GpuPool): Addon => ({
  name: 'gpu-operator',
  namespace: 'gpu-operator',
  source: {
    kind: 'chart',
    repository: 'https://helm.ngc.nvidia.com/nvidia',
    chart: 'gpu-operator',
    version: 'v26.7.0',
    release: 'gpu-operator',
    values: {
      // AKS builds driver and container toolkit into the image of its GPU nodes; a second driver breaks the first.
      driver: { enabled: false },
      toolkit: { enabled: false },
      operator: {
        runtimeClass: 'nvidia-container-runtime', // as AKS calls it
        // A hook that installs the kinds; Argo CD does.
        upgradeCRD: false,
      },
      // The chart tolerates NVIDIA's own taint only.
      daemonsets: { tolerations: tolerations(taints) },
      'node-feature-discovery': { worker: { tolerations: tolerations(taints) } },
      // Failing GPUs raise an alert.
      dcgmExporter: { serviceMonitor: { enabled: true, interval: '15s', honorLabels: true } },
    },
  },
  installs: {
    kinds: [...controllerKinds, 'apps/DaemonSet', 'batch/Job'],
    clusterKinds: [...controllerRights, 'nvidia.com/ClusterPolicy', 'nfd.k8s-sigs.io/NodeFeatureRule', 'scheduling.k8s.io/PriorityClass'],
    definitions: ['nvidia.com', 'resource.nvidia.com', 'nfd.k8s-sigs.io'],
  },
});

const tolerations = (taints: GpuPool['taints']): object[] =>
  taints.map(({ key, value, effect }) =>
    value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect },
  );
