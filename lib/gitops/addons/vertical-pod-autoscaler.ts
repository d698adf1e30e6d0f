import type { NodePool } from '../../regions/region';
import { placed } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights } from './addon';

const off = { enabled: false };

/**
 * Recommends what pods should request, by what they use. The two parts that would act on it stay away: the updater evicts pods to resize
 * them, which costs an engine minutes, and the admission controller changes what autoscalers of replicas divide by.
 *
 * @param nodes those that it runs on where there is room
 */
export const verticalPodAutoscaler = (nodes: NodePool): Addon => ({
  name: 'vertical-pod-autoscaler',
  namespace: 'vertical-pod-autoscaler',
  source: {
    kind: 'chart',
    repository: 'https://kubernetes.github.io/autoscaler',
    chart: 'vertical-pod-autoscaler',
    version: '0.11.0', // of the autoscaler 1.7.1
    release: 'vertical-pod-autoscaler',
    values: {
      ...{ updater: off, admissionController: off },
      podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      containerSecurityContext: {
        ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
        capabilities: { drop: ['ALL'] },
      },
      recommender: {
        // Nobody waits for it, and what it has learnt is kept in objects of the cluster. A budget would keep its node from being drained.
        replicas: 1,
        podDisruptionBudget: off,
        // Only pods that somebody wants to know about.
        extraArgs: ['--memory-saver=true'],
        ...placed({ pool: nodes }),
        resources: { requests: { cpu: '50m', memory: '500Mi' }, limits: { memory: '1000Mi' } },
      },
    },
  },
  installs: { kinds: controllerKinds, clusterKinds: controllerRights, definitions: ['autoscaling.k8s.io'] },
});
