import type { Checks } from '../acceptance';
import { dist } from '../read';
import { apiTargets } from './regions';

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
};
