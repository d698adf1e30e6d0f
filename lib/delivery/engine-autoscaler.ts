import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { cacheUsagePerPod, type PodMetric, waitingPerPod } from '../observability/engine-metrics';

/** Properties for `EngineAutoscaler`. */
export interface EngineAutoscalerProps {
  readonly replicas: { readonly min: number; readonly max: number };

  /** Seconds until a new pod answers: the autoscaler must not judge sooner. */
  readonly startupSeconds: number;
}

/** Waiting requests per pod above which a replica is added. */
const WAITING_PER_POD = '5';

/** Share of the KV cache above which a replica is added: requests begin to wait soon after. */
const CACHE_USAGE = '800m';

/** The longest period that an autoscaling policy may look back on, and the longest time that a recommendation may count, seconds. */
const LONGEST_PERIOD = 1800;
const LONGEST_WINDOW = 3600;

/**
 * Scales an engine by its own queue and cache. A busy GPU says nothing about either, and an engine's processors and
 * memory are as busy when it idles.
 *
 * Named after the Deployment it scales: Flagger copies it for the primary, with the primary's figures.
 */
export class EngineAutoscaler extends Construct {
  constructor(scope: Construct, deployment: string, { replicas, startupSeconds }: EngineAutoscalerProps) {
    super(scope, `${deployment}-autoscaler`);

    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name: deployment },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
        minReplicas: replicas.min,
        maxReplicas: replicas.max,
        metrics: [average(cacheUsagePerPod, CACHE_USAGE), average(waitingPerPod, WAITING_PER_POD)],
        behavior: {
          // Two pods per start-up: more would answer a queue that the first ones are about to take.
          scaleUp: {
            stabilizationWindowSeconds: 60,
            selectPolicy: 'Max',
            policies: [{ type: 'Pods', value: 2, periodSeconds: Math.min(startupSeconds, LONGEST_PERIOD) }],
          },
          // A pod that goes costs minutes to come back.
          scaleDown: {
            stabilizationWindowSeconds: Math.min(Math.max(600, startupSeconds), LONGEST_WINDOW),
            policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
          },
        },
      },
    });
  }
}

function average({ name }: PodMetric, averageValue: string): k8s.MetricSpecV2 {
  return {
    type: 'Pods',
    pods: { metric: { name }, target: { type: 'AverageValue', averageValue: k8s.Quantity.fromString(averageValue) } },
  };
}
