import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Shares of what replicas request at which more of them are added, percent. */
export interface Utilization {
  readonly cpu: number;

  /** @default - replicas are added by their CPU alone */
  readonly memory?: number;
}

const DEFAULT: Utilization = { cpu: 80 };

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

/** What a Deployment is scaled by, and how far. */
export interface CpuAutoscalerProps {
  readonly min: number;
  readonly max: number;

  /** @default - 80 % of the CPU */
  readonly utilization?: Utilization;
}

/** Adds and removes replicas of a Deployment by the CPU, or also by the memory, that they use. */
export class CpuAutoscaler extends Construct {
  /** @param name name of the Deployment, and of the autoscaler */
  constructor(scope: Construct, name: string, { min, max, utilization = DEFAULT }: CpuAutoscalerProps) {
    super(scope, 'autoscaler');

    new k8s.KubeHorizontalPodAutoscalerV2(this, 'object', {
      metadata: { name },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: min,
        maxReplicas: max,
        metrics: Object.entries(utilization).map(([resource, averageUtilization]) => ({
          type: 'Resource',
          resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
        })),
        behavior: BEHAVIOR,
      },
    });
  }
}
