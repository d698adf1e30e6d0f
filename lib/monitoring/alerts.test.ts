import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { metricOf } from '../rules/promql/catalogue';
import { queryOf } from '../rules/promql/query';
import { sharedAlerts } from './alerts';
import { gpuRecords } from './alerts/gpu';
import { dashboards } from './dashboards';

const alerts = Object.values(sharedAlerts).flat();
const page = (alert: string) => `${alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;

test.each(alerts.map(({ name }) => name))('%s has a page that tells what to do', (name) => {
  expect(existsSync(join(__dirname, '../../docs/runbooks', page(name)))).toBe(true);
});

test.each(alerts.map(({ name, expr }) => [name, expr] as const))(
  '%s asks what Prometheus understands, of metrics that are known',
  (_, expr) => {
    const { error, selectors } = queryOf(expr);

    expect(error).toBeUndefined();
    for (const { metric } of selectors) expect([metric, metricOf(metric)]).toEqual([metric, expect.anything()]);
  },
);

test('dashboards ask what Prometheus understands, of metrics that are known', () => {
  for (const { rows } of dashboards) {
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
