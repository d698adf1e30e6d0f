import type { Checks } from '../acceptance';
import { dist, valuesOf } from '../read';
import { recommendsOnly } from '../workloads';
import { apiTargets } from './regions';

const engineScaler = (target: string) => dist(`${target}/llm/HorizontalPodAutoscaler.llm-service`).spec;
const cpuScaler = (target: string) => dist(`${target}/litellm/HorizontalPodAutoscaler.litellm`).spec;
const scalesOn = (resource: string) =>
  apiTargets.flatMap((target) =>
    engineScaler(target).metrics.filter((metric: { resource?: { name: string } }) => metric.resource?.name === resource),
  );

/** How many replicas there are. */
export const autoscaling: Checks = {
  60: () => {
    const bounds = apiTargets.map((target) => dist(`${target}/llm/Canary.llm-service`).spec.autoscalerRef.primaryScalerReplicas);

    expect(bounds).toEqual([
      { minReplicas: 4, maxReplicas: 12 },
      { minReplicas: 4, maxReplicas: 12 },
      { minReplicas: 6, maxReplicas: 12 },
    ]);
  },

  61: () => expect(scalesOn('cpu')).toEqual([]),
  62: () => expect(scalesOn('memory')).toEqual([]),

  63: () => {
    for (const target of apiTargets) {
      const wanted = engineScaler(target).metrics.map(({ type, pods }: { type: string; pods: { metric: { name: string } } }) => [
        type,
        pods.metric.name,
      ]);
      const served = valuesOf(target, 'prometheus-adapter').rules.custom.map(({ name }: { name: { as: string } }) => name.as);

      expect(wanted).toEqual([
        ['Pods', 'vllm_kv_cache_usage_perc'],
        ['Pods', 'vllm_num_requests_waiting'],
      ]);
      expect(served).toEqual(expect.arrayContaining(['vllm_kv_cache_usage_perc', 'vllm_num_requests_waiting']));
    }
  },

  64: () => {
    for (const target of apiTargets) {
      expect(cpuScaler(target).behavior.scaleDown).toEqual({
        stabilizationWindowSeconds: 300,
        policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
      });
      const { stabilizationWindowSeconds, policies } = engineScaler(target).behavior.scaleDown;
      expect(stabilizationWindowSeconds).toBeGreaterThanOrEqual(600);
      expect(policies).toEqual([{ type: 'Percent', value: 10, periodSeconds: 60 }]);
    }
  },

  65: () => {
    for (const target of apiTargets) {
      const { startupProbe } = dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.containers[0];

      expect(cpuScaler(target).behavior.scaleUp).toEqual({
        stabilizationWindowSeconds: 60,
        selectPolicy: 'Max',
        policies: [
          { type: 'Percent', value: 50, periodSeconds: 60 },
          { type: 'Pods', value: 2, periodSeconds: 60 },
        ],
      });
      expect(engineScaler(target).behavior.scaleUp.policies).toEqual([
        { type: 'Pods', value: 2, periodSeconds: startupProbe.failureThreshold * startupProbe.periodSeconds },
      ]);
    }
  },

  66: () => {
    for (const target of apiTargets) {
      const { targetRef, updatePolicy, resourcePolicy } = dist(`${target}/llm/VerticalPodAutoscaler.llm-service-vpa`).spec;

      expect(targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'llm-service-primary' });
      expect(resourcePolicy.containerPolicies).toEqual([
        {
          ...{ containerName: 'llm-service', controlledResources: ['cpu', 'memory'], controlledValues: 'RequestsOnly' },
          ...{ minAllowed: { cpu: '4', memory: '16Gi' }, maxAllowed: { cpu: '32', memory: '128Gi' } },
        },
      ]);
      recommendsOnly(target, updatePolicy);
    }
  },
};
