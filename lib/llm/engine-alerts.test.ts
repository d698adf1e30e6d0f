import { engineGates } from '../delivery/gates';
import { engineMetrics, latencyBuckets } from '../observability/engine-metrics';
import { queryOf } from '../rules/promql/query';
import { find, synth } from '../testing/manifests';
import { EngineAlerts } from './engine-alerts';

const slo = { timeToFirstToken: 2.5, interTokenLatency: 0.1 };
const alerts = find(
  synth((chart) => new EngineAlerts(chart, 'alerts', { servedName: 'llama', slo })),
  'PrometheusRule',
  'alerts',
).spec.groups[0].rules as { alert: string; expr: string }[];

/** Flagger fills the templates in before Prometheus sees them. */
const filledIn = (query: string) =>
  query.replaceAll('{{ namespace }}', 'llm').replaceAll('{{ target }}', 'llm-service').replaceAll('{{ interval }}', '1m');

const queries = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...engineGates(slo).map(({ name, query }) => [name, filledIn(query)] as const),
];

test.each(queries)('%s is a query that Prometheus accepts', (_, query) => {
  expect(queryOf(query).error).toBeUndefined();
});

test.each(queries)('%s names only metrics that the engine exports', (_, query) => {
  const metrics = queryOf(query).selectors.map(({ metric }) => metric);

  expect(metrics.length).toBeGreaterThan(0);
  for (const name of metrics) expect(Object.values(engineMetrics)).toContain(name);
});

const exprOf = (name: string) => alerts.find(({ alert }) => alert === name)?.expr;

test('counts what is slower than the objective that releases are judged by, over two windows', () => {
  expect(exprOf('EngineFirstTokenBurnsFast')).toBe(
    ['5m', '1h']
      .map((window) => {
        const within = (bound: string) =>
          `sum(rate(vllm:time_to_first_token_seconds_bucket{model_name="llama", le="${bound}"}[${window}]))`;
        return `(1 - ${within('2.5')} / (${within('+Inf')} > 0) > 0.72)`;
      })
      .join('\nand '),
  );
  expect(exprOf('EngineTokensBurnSlowly')).toContain('> 0.3)');
});

test('writes whole seconds as the edges of the histogram are written', () => {
  const whole = synth((chart) => new EngineAlerts(chart, 'alerts', { servedName: 'llama', slo: { ...slo, timeToFirstToken: 1 } }));

  expect(JSON.stringify(whole)).toContain('le=\\"1.0\\"');
});

test('judges latencies at an edge of the histogram, so that the share of slow requests can be counted', () => {
  expect(latencyBuckets.timeToFirstToken).toContain(slo.timeToFirstToken);
  expect(latencyBuckets.interTokenLatency).toContain(slo.interTokenLatency);
});
