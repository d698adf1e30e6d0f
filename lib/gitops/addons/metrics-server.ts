import type { Platform } from '../../regions/platform';
import { type Addon, controllerKinds, controllerRights } from './addon';

/** Local distributions sign the certificates of their kubelets themselves. */
const SELF_SIGNED: readonly Platform['name'][] = ['microk8s', 'minikube'];

/** Platforms that bring no metrics server of their own. */
const WITHOUT: readonly Platform['name'][] = ['eks', ...SELF_SIGNED];

/** Whether a platform brings no metrics server, without which no autoscaler knows a pod's CPU. */
export const lacksMetricsServer = ({ name }: Platform): boolean => WITHOUT.includes(name);

/** Serves the CPU and memory of pods to autoscalers. */
export const metricsServer = ({ name }: Platform): Addon => ({
  name: 'metrics-server',
  namespace: 'kube-system',
  source: {
    kind: 'chart',
    repository: 'https://kubernetes-sigs.github.io/metrics-server',
    chart: 'metrics-server',
    version: '3.13.0',
    release: 'metrics-server',
    values: SELF_SIGNED.includes(name) ? { args: ['--kubelet-insecure-tls'] } : {},
  },
  installs: {
    kinds: controllerKinds,
    clusterKinds: [...controllerRights, 'apiregistration.k8s.io/APIService'],
    definitions: [],
    kubeSystem: true,
  },
});
