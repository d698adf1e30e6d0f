import { Construct } from 'constructs';

import {
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMaxAllowed as MaxAllowed,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMinAllowed as MinAllowed,
  VerticalPodAutoscalerSpecUpdatePolicyUpdateMode as UpdateMode,
  VerticalPodAutoscaler,
} from '../../imports/autoscaling.k8s.io';
import { fromAddon } from '../kubernetes/sync-options';

/** What a recommendation for an engine may span: an eighth of a large node to most of it. */
const LEAST = { cpu: '4', memory: '16Gi' };
const MOST = { cpu: '32', memory: '128Gi' };

/**
 * Recommends processors and memory for an engine from what its pods use, and changes nothing: an evicted pod costs
 * minutes of loading, and a changed request would move the ground under the other autoscaler.
 */
export class EngineRecommender extends Construct {
  /** @param deployment the Deployment whose pods serve users */
  constructor(scope: Construct, name: string, deployment: string) {
    super(scope, name);

    new VerticalPodAutoscaler(this, 'recommender', {
      metadata: { name, annotations: fromAddon },
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
        updatePolicy: { updateMode: UpdateMode.OFF },
        resourcePolicy: {
          containerPolicies: [
            {
              containerName: '*',
              controlledResources: ['cpu', 'memory'],
              minAllowed: { cpu: MinAllowed.fromString(LEAST.cpu), memory: MinAllowed.fromString(LEAST.memory) },
              maxAllowed: { cpu: MaxAllowed.fromString(MOST.cpu), memory: MaxAllowed.fromString(MOST.memory) },
            },
          ],
        },
      },
    });
  }
}
