import { Construct } from 'constructs';

import {
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesControlledValues as Controlled,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMaxAllowed as Max,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMinAllowed as Min,
  VerticalPodAutoscalerSpecUpdatePolicyUpdateMode as Mode,
  VerticalPodAutoscaler,
} from '../../imports/autoscaling.k8s.io';
import { fromAddon } from '../kubernetes/sync-options';
import type { Size } from './sizes';

/** Properties for `SizeRecommendation`. */
export interface SizeRecommendationProps {
  /**
   * Deployment whose pods are watched.
   *
   * @default - the one that the recommendation is named after
   */
  readonly deployment?: string;

  /** The least and the most that is ever recommended for a pod's container. */
  readonly bounds: { readonly least: Size['requests']; readonly most: Size['requests'] };
}

/**
 * `Off` is meant. In YAML 1.1 an Off without quotes is the boolean false, and a copy of the kind's definition that has lost the quotes,
 * such as the one that manifests are checked against, admits no "Off". `Initial` is the mildest of the others: it never touches a pod
 * that runs. And no mode acts, as the addon installs neither what evicts pods nor what changes new ones; the rule
 * `recommendations-only` holds it to that.
 */
const MODE = Mode.INITIAL;

/**
 * Learns from what the pods of a Deployment use how much CPU and memory their container should request, and tells. Nothing acts on it:
 * people read `kubectl get vpa` and change the size in Git.
 */
export class SizeRecommendation extends Construct {
  /** @param workload name of the container, and of the workload as people know it */
  constructor(scope: Construct, workload: string, { deployment = workload, bounds }: SizeRecommendationProps) {
    super(scope, `${workload}-vpa`);

    const { least, most } = bounds;
    new VerticalPodAutoscaler(this, 'object', {
      metadata: { name: `${workload}-vpa`, annotations: fromAddon },
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
        updatePolicy: { updateMode: MODE },
        resourcePolicy: {
          containerPolicies: [
            {
              containerName: workload,
              controlledResources: ['cpu', 'memory'],
              controlledValues: Controlled.REQUESTS_ONLY,
              minAllowed: { cpu: Min.fromString(least.cpu), memory: Min.fromString(least.memory) },
              maxAllowed: { cpu: Max.fromString(most.cpu), memory: Max.fromString(most.memory) },
            },
          ],
        },
      },
    });
  }
}
