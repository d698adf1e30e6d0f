import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { istioMetrics, kongMetrics } from '../observability/model-metrics';
import { metricOf } from '../rules/promql/catalogue';
import { queryOf } from '../rules/promql/query';
import { sharedAlerts } from './alerts';
import { gpuRecords } from './alerts/gpu';
import { logStorage } from './alerts/log-storage';
import { dashboards } from './dashboards';

const alerts = [...Object.values(sharedAlerts).flat(), ...logStorage];
const page = (alert: string) => `${alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;

test.each(alerts.map(({ name }) => name))('%s has a page that tells what to do', (name) => {
  expect(existsSync(join(__dirname, '../../docs/runbooks', page(name)))).toBe(true);
});

test.each(alerts.map(({ name, expr }) => [name, expr] as const))(
  '%s asks what Prometheus understands, of metrics that are known',
  (_, expr) => {
    const { error, selectors } = queryOf(expr);

    expect(error).toBeUndefined();
    for (const { metric, labels } of selectors) {
      const [name] = metric === '' ? labels : [];
      expect([metric, metricOf(name?.value.replaceAll('.', '_') ?? metric)]).toEqual([metric, expect.anything()]);
    }
  },
);

test.each([kongMetrics, istioMetrics])('dashboards ask what Prometheus understands, of metrics that are known ($requests)', (models) => {
  for (const { rows } of dashboards(models)) {
    for (const text of rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => Object.values(queries)))) {
      const { error, selectors } = queryOf(text);

      expect([text, error]).toEqual([text, undefined]);
      for (const { metric } of selectors) expect([metric, metric in gpuRecords || metricOf(metric)]).toEqual([metric, expect.anything()]);
    }
  }
});

test('records the load and the memory of each GPU by its number and its node, in per cent and in bytes', () => {
  expect(gpuRecords.gpu_utilization_percent).toContain('max by (gpu_index, node_name)');
  expect(gpuRecords.gpu_memory_used_bytes).toMatch(/DCGM_FI_DEV_FB_USED.* \* 1048576$/);
});

test('knows the node of a GPU whichever way its exporter writes it', () => {
  for (const record of Object.values(gpuRecords)) expect(record).toContain('label_join(DCGM_FI_DEV_');
  for (const { expr } of sharedAlerts['gpu'] ?? []) expect(expr.includes('Hostname')).toBe(expr.includes('hostname'));
});

test('misses LiteLLM wherever it stands in front of models', () => {
  const unseen = alerts.find(({ name }) => name === 'LiteLlmUnseen');

  for (const app of ['litellm', 'codelab']) {
    const services = readdirSync(join(__dirname, '../../dist/prod/eu-west-1', app)).filter((file) => file.startsWith('Service.'));
    expect(services.some((file) => unseen?.expr.includes(file.split('.')[1] ?? 'none'))).toBe(true);
  }
});
