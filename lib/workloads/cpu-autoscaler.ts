import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Share of the requested CPU at which replicas are added, percent. */
const CPU_UTILIZATION = 80;

/**
 * How fast. A minute of load adds half of the replicas again, and two of a few. A quiet minute is no reason to drop any: each that
 * stops drains its longest request first, so they go one by one after five.
 */
const BEHAVIOR: k8s.HorizontalPodAutoscalerBehaviorV2 = {
  scaleUp: {
    stabilizationWindowSeconds: 60,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 50, periodSeconds: 60 },
      { type: 'Pods', value: 2, periodSeconds: 60 },
    ],
  },
  scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] },
};

/** Adds and removes replicas of a Deployment by the CPU that they use. */
export class CpuAutoscaler extends Construct {
  /** @param name name of the Deployment, and of the autoscaler */
  constructor(scope: Construct, name: string, { min, max }: { readonly min: number; readonly max: number }) {
    super(scope, 'autoscaler');

    new k8s.KubeHorizontalPodAutoscalerV2(this, 'object', {
      metadata: { name },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_UTILIZATION } } }],
        behavior: BEHAVIOR,
      },
    });
  }
}
