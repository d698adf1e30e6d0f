import { find } from '../../lib/testing/manifests';
import type { Checks } from '../acceptance';
import { dist, page } from '../read';
import { varied } from '../variation';
import { apiTargets } from './regions';

const canary = (target: string) => dist(`${target}/llm/Canary.llm-service`).spec;
const server = (target: string) => dist(`${target}/llm/Deployment.llm-service`).spec;
const template = (target: string, name: string) => dist(`${target}/llm/MetricTemplate.${name}`).spec;

interface Metric {
  readonly name: string;
  readonly templateRef?: object;
  readonly thresholdRange: { readonly min?: number; readonly max?: number };
}

const metrics = (target: string): Map<string, Metric> =>
  new Map(canary(target).analysis.metrics.map((metric: Metric) => [metric.name, metric]));

/** How a new version is released. */
export const release: Checks = {
  127: () => {
    for (const target of [...apiTargets, 'staging/eu-west-1'])
      expect(canary(target)).toMatchObject({
        provider: 'gatewayapi:v1',
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'llm-service' },
        revertOnDeletion: true,
      });
  },

  128: () => {
    for (const target of apiTargets) {
      const { startupProbe } = server(target).template.spec.containers[0];

      expect(canary(target).progressDeadlineSeconds).toBe(server(target).progressDeadlineSeconds);
      expect(canary(target).progressDeadlineSeconds).toBeGreaterThan(startupProbe.failureThreshold * startupProbe.periodSeconds + 600);
    }
  },

  129: () => {
    for (const target of apiTargets) {
      expect(canary(target).service).toMatchObject({
        port: 80,
        targetPort: 'http',
        hosts: ['llm-service.edge.svc.cluster.local'],
        gatewayRefs: [{ kind: 'Gateway', name: 'internal', namespace: 'edge' }],
      });
      expect(dist(`${target}/edge/Service.llm-service`).spec.selector).toEqual({ 'slipway.dev/workload': 'kong-internal' });
      expect(dist(`${target}/litellm/ConfigMap.litellm-config`).data['config.yaml']).toContain(
        'api_base: http://llm-service.edge.svc.cluster.local/v1',
      );
    }
  },

  130: () => {
    for (const target of apiTargets) expect(canary(target).analysis.interval).toBe('1m');
  },

  131: () => {
    for (const target of apiTargets) expect(canary(target).analysis.threshold).toBe(5);
  },

  132: () => {
    for (const target of apiTargets) {
      const { stepWeights, maxWeight, stepWeight } = canary(target).analysis;
      const { minReplicas } = canary(target).autoscalerRef.primaryScalerReplicas;

      expect([maxWeight, stepWeight]).toEqual([undefined, undefined]);
      expect(stepWeights).toEqual([...stepWeights].sort((a, b) => a - b));
      expect(stepWeights.length).toBeGreaterThanOrEqual(5);
      expect(stepWeights.at(-1)).toBeLessThanOrEqual(100 / (1 + minReplicas));
      expect(stepWeights.at(-1)).toBeLessThanOrEqual(50);
    }
  },

  133: () => {
    for (const target of apiTargets) {
      expect(metrics(target).get('success-percent')).toMatchObject({ interval: '1m', thresholdRange: { min: 99 } });
      expect(template(target, 'success-percent').query).toContain('status!="4xx"');
      expect(template(target, 'success-percent').query).toMatch(/>= 10$/);
    }
  },

  134: () => {
    for (const target of apiTargets) {
      expect(metrics(target).get('time-to-first-token-p95-seconds')?.thresholdRange).toEqual({ max: 2.5 });
      expect(metrics(target).get('inter-token-latency-p95-seconds')?.thresholdRange).toEqual({ max: 0.1 });
      expect(template(target, 'time-to-first-token-p95-seconds').query).toMatch(
        /^histogram_quantile\(0\.95, .*vllm:time_to_first_token_seconds_bucket/,
      );
      expect([...metrics(target).values()].filter(({ templateRef }) => templateRef === undefined)).toEqual([]);
    }
  },

  135: () => {
    for (const target of apiTargets) {
      const load = canary(target).analysis.webhooks.find(({ name }: { name: string }) => name === 'load');
      const payload = JSON.parse(dist(`${target}/llm/ConfigMap.flagger-loadtester-payload`).data['load.json']);

      expect(load).toMatchObject({ type: 'rollout', url: 'http://flagger-loadtester.llm.svc.cluster.local/' });
      expect(load.metadata.cmd).toMatch(
        /^hey -z 3m -q 1 -c 2 -t 60 -m POST -T application\/json .* http:\/\/llm-service-canary\.llm\.svc\.cluster\.local\/v1\/completions$/,
      );
      expect(payload).toMatchObject({ model: 'llama-2-70b-chat', max_tokens: 32 });
    }
  },

  136: () => {
    for (const target of apiTargets) {
      const { alerts, webhooks } = canary(target).analysis;

      expect(alerts).toEqual([{ name: 'on-call', severity: 'error', providerRef: { name: 'on-call' } }]);
      expect(dist(`${target}/llm/AlertProvider.on-call`).spec).toMatchObject({ type: 'slack', secretRef: { name: 'flagger-slack' } });
      // Who answers a hook of type rollback orders one: that is the gate which a person opens, and never the messenger.
      expect(webhooks.filter(({ type }: { type?: string }) => type === undefined || type === 'rollback')).toEqual([
        expect.objectContaining({ url: 'http://flagger-loadtester.llm.svc.cluster.local/rollback/check' }),
      ]);
    }
  },

  137: () => {
    for (const target of apiTargets) expect(canary(target).skipAnalysis).toBe(false);
    expect(page('runbooks/roll-back')).toContain('skipAnalysis');
  },

  138: () => {
    const manifests = varied('prod/us-west-2', (target) => {
      if (target.llm?.engine !== 'vllm') throw new Error('Cannot release blue/green what is no engine');
      return { ...target, llm: { ...target.llm, release: { kind: 'blue-green', iterations: 10 } } };
    });
    const { analysis } = find(manifests, 'Canary', 'llm-service').spec;

    expect(analysis).toMatchObject({ iterations: 10, interval: '1m', threshold: 5 });
    expect([analysis.stepWeights, analysis.maxWeight]).toEqual([undefined, undefined]);
    expect(page('how-to/change-a-release-policy')).toContain("{ kind: 'blue-green', iterations: 10 }");
  },
};
