import type { Checks } from '../acceptance';
import { addon, dist, targets, valuesOf } from '../read';
import { apiTargets } from './regions';

const prometheus = (target: string) => dist(`${target}/monitoring/Prometheus.prometheus`);

/** What is measured, drawn and traced. */
export const observability: Checks = {
  85: () => {
    for (const target of apiTargets) {
      const { spec } = dist(`${target}/llm/PodMonitor.llm-service`);

      expect(spec.podMetricsEndpoints).toEqual([{ interval: '10s', path: '/metrics', port: 'http' }]);
      expect(spec.selector).toEqual({ matchLabels: { 'slipway.dev/workload': 'llm-service' } });
      expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.metadata.labels['slipway.dev/workload']).toBe('llm-service');
    }
  },

  81: () => {
    for (const target of targets('prod')) {
      const { metadata, spec } = prometheus(target);

      expect(metadata.namespace).toBe('monitoring');
      expect(spec).toMatchObject({ replicas: 2, retention: '15d', enableAdminAPI: false, image: expect.stringMatching(/prometheus:v3\./) });
      expect(spec.storage.volumeClaimTemplate.spec).toMatchObject({ accessModes: ['ReadWriteOnce'], storageClassName: 'data-block' });
      expect(dist(`${target}/monitoring/Service.prometheus`).spec.ports[0].port).toBe(9090);
    }
  },

  82: () => {
    for (const target of targets('prod'))
      expect(prometheus(target).spec.resources).toEqual({
        requests: { cpu: '500m', memory: '1Gi' },
        limits: { cpu: '2000m', memory: '4Gi' },
      });
  },

  83: () => {
    for (const target of targets('prod'))
      expect(prometheus(target).spec.storage.volumeClaimTemplate.spec.resources.requests.storage).toBe('100Gi');
  },

  84: () => {
    for (const target of targets('prod'))
      expect(prometheus(target).spec).toMatchObject({ scrapeInterval: '15s', evaluationInterval: '15s' });
  },

  86: () => {
    for (const target of targets('prod')) {
      const values = valuesOf(target, 'prometheus');

      expect(addon(target, 'prometheus').spec.source.chart).toBe('kube-prometheus-stack');
      expect(values.kubelet?.enabled ?? true).toBe(true);
      expect(prometheus(target).spec).toMatchObject({ serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} });
    }
  },

  93: () => {
    for (const target of targets('prod')) {
      const [panel] = Object.values<string>(dist(`${target}/monitoring/ConfigMap.dashboard-engine`).data);
      const dashboard = JSON.parse(panel ?? '{}');

      expect(dashboard.panels.length).toBeGreaterThan(8);
      for (const series of [
        'vllm:time_to_first_token_seconds_bucket',
        'vllm:num_requests_waiting',
        'vllm:kv_cache_usage_perc',
        'vllm:num_preemptions',
      ])
        expect(panel).toContain(series);
    }
  },
};
