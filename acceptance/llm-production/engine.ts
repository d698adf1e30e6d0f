import type { Checks } from '../acceptance';
import { allIn, dist, named, targets, yamlIn } from '../read';
import { podOf } from '../workloads';
import { apiTargets } from './regions';

const deployment = (target: string) => dist(`${target}/llm/Deployment.llm-service`);
const pod = (target: string) => deployment(target).spec.template.spec;
const server = (target: string) => pod(target).containers[0];

/** The inference server as a workload. */
export const engine: Checks = {
  19: () => {
    for (const target of [...apiTargets, 'staging/eu-west-1'])
      expect(deployment(target)).toMatchObject({
        metadata: { name: 'llm-service' },
        spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'llm-service' } } },
      });
  },

  20: () => {
    for (const target of apiTargets) {
      expect(deployment(target).metadata.namespace).toBe('llm');
      expect(dist(`${target}/foundation/Namespace.llm`).metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': 'restricted',
      });
      expect(dist(`${target}/foundation/llm/ResourceQuota.quota`).spec.hard).toMatchObject({
        'requests.cpu': '128',
        'requests.memory': '800Gi',
        'requests.nvidia.com/gpu': '32',
      });
    }
  },

  21: () => {
    for (const target of apiTargets) {
      expect(deployment(target).spec.replicas).toBeUndefined();
      expect(dist(`${target}/llm/Canary.llm-service`).spec.autoscalerRef).toMatchObject({
        name: 'llm-service',
        kind: 'HorizontalPodAutoscaler',
      });
    }
  },

  22: () => {
    for (const target of apiTargets) {
      expect(allIn(`dist/${target}/llm`, 'StatefulSet')).toEqual([]);
      expect(deployment(target).spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } });
    }
  },

  23: () => {
    for (const target of apiTargets) {
      expect(pod(target).nodeSelector).toEqual({ 'node-type': 'gpu', 'workload-type': 'llm-inference' });
      expect(pod(target).tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    }
  },

  24: () => {
    const engines = [...apiTargets.map(pod), dist('prod/germanywestcentral/llm/Deployment.kiva-vllm').spec.template.spec];

    for (const { affinity, topologySpreadConstraints } of engines) {
      expect(affinity?.podAntiAffinity).toBeUndefined();
      expect(new Set(topologySpreadConstraints.map(({ whenUnsatisfiable }: { whenUnsatisfiable: string }) => whenUnsatisfiable))).toEqual(
        new Set(['ScheduleAnyway']),
      );
    }
  },

  25: () => {
    const { repository, tag, digest } = yamlIn('releases/prod.yaml').images.vllm;

    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const target of apiTargets) expect(server(target)).toMatchObject({ name: 'llm-service', image: `${repository}:${tag}@${digest}` });
  },

  26: () => {
    for (const target of apiTargets) expect(server(target).ports).toEqual([{ name: 'http', containerPort: 8000 }]);
  },

  27: () => {
    for (const target of apiTargets)
      expect(dist(`${target}/llm/PodMonitor.llm-service`).spec.podMetricsEndpoints).toEqual([
        expect.objectContaining({ path: '/metrics', port: 'http' }),
      ]);
  },

  28: () => {
    for (const target of apiTargets) {
      const { requests } = server(target).resources;

      expect(requests).toMatchObject({ 'nvidia.com/gpu': '2', cpu: '8' });
      expect(Number.parseInt(requests.memory, 10)).toBeGreaterThanOrEqual(32);
    }
  },

  29: () => {
    for (const target of apiTargets) {
      const { requests, limits } = server(target).resources;

      expect(limits).toEqual({ 'nvidia.com/gpu': '2', cpu: '16', memory: '48Gi' });
      expect(requests.memory).toBe(limits.memory);
    }
  },

  34: () => {
    for (const target of apiTargets) {
      expect(server(target).volumeMounts).toContainEqual({ name: 'models', mountPath: '/models', readOnly: true });
      expect(named(pod(target).volumes, 'models')).toMatchObject({ persistentVolumeClaim: { readOnly: true } });
    }
  },

  35: () => {
    for (const target of apiTargets) {
      expect(server(target).volumeMounts).toContainEqual({ name: 'config', mountPath: '/config', readOnly: true });
      expect(named(pod(target).volumes, 'config')).toMatchObject({ configMap: { name: 'llm-service-config' } });
      expect(server(target).command).toContain('--config=/config/config.yaml');
    }
  },

  36: () => {
    for (const target of apiTargets) {
      const { livenessProbe, startupProbe } = server(target);

      expect(livenessProbe).toMatchObject({ httpGet: { path: '/health', port: 'http' }, periodSeconds: 30, timeoutSeconds: 10 });
      expect(livenessProbe.initialDelaySeconds).toBeUndefined();
      expect(startupProbe.httpGet.path).toBe('/health');
      expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeGreaterThanOrEqual(300);
    }
  },

  37: () => {
    for (const target of apiTargets) {
      const { readinessProbe } = server(target);

      expect(readinessProbe).toMatchObject({ httpGet: { path: '/health', port: 'http' }, periodSeconds: 10, timeoutSeconds: 5 });
      expect(readinessProbe.initialDelaySeconds).toBeUndefined();
    }
  },

  38: () => {
    for (const target of targets())
      for (const object of allIn(`dist/${target}`)) {
        const volumes: { name: string }[] = [
          ...(podOf(object)?.spec.volumes ?? []),
          ...(object.spec?.volumeClaimTemplates ?? []).map(({ metadata }: { metadata: { name: string } }) => metadata),
        ];
        expect(volumes.length).toBe(new Set(volumes.map(({ name }) => name)).size);
      }
    for (const target of apiTargets)
      expect(named(pod(target).volumes, 'models')).toMatchObject({ persistentVolumeClaim: { claimName: 'model-store' } });
  },
};
