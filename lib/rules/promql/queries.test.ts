import { engineMetrics } from '../../observability/engine-metrics';
import { problems } from '../testing/problems';
import { metricOf } from './catalogue';

const OWN = 'namespace="{{ namespace }}", pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"';

/** What one rule finds in an alert with this query. */
const alert = (rule: string, expr: string) =>
  problems(rule, ({ add, get }) => {
    get('PodMonitor/model').spec.podMetricsEndpoints[0].interval = '10s';
    add({
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'alerts', namespace: 'llm' } },
      spec: {
        groups: [
          {
            name: 'engine',
            rules: [
              { record: 'engine:rate', expr: 'up' },
              { alert: 'Slow', expr },
            ],
          },
        ],
      },
    });
  }).map((text) => text.replace('PrometheusRule/alerts: /spec/groups/0/rules/1/expr ', ''));
const template = (rule: string, query: string, range: object = { max: 1 }) =>
  problems(rule, ({ get }) => {
    get('PodMonitor/model').spec.podMetricsEndpoints[0].interval = '10s';
    get('MetricTemplate/errors').spec.query = query;
    get('Canary/model').spec.analysis.metrics[0].thresholdRange = range;
  });

test('the catalogue knows every metric that Slipway relies on', () => {
  expect(Object.values(engineMetrics).filter((name) => typeof metricOf(name) !== 'object')).toEqual([]);
});

/** What one rule finds in a panel with this query. */
const panel = (rule: string, expr: string) =>
  problems(rule, ({ add }) =>
    add({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dashboard-web', namespace: 'app' } },
      data: { 'web.json': JSON.stringify({ schemaVersion: 39, panels: [{ type: 'row' }, { targets: [{ expr }] }] }) },
    }),
  );

describe('dashboards', () => {
  test('are read like alerts, with what viewers choose in quotes', () => {
    expect(panel('queries-parse', 'sum by (pod) (rate(up{pod=~"$pod"}[5m]))')).toEqual([]);
    expect(panel('queries-name-metrics', 'up{pod=~"$pod"}')).toEqual([]);
  });

  test('fail where Prometheus would, or nobody exports what they show', () => {
    const at = 'ConfigMap/dashboard-web: /data/web.json/panels/1/targets/0/expr';

    expect(panel('queries-parse', 'sum(up')).toEqual([expect.stringContaining(at)]);
    expect(panel('queries-name-metrics', 'uptime')).toEqual([`${at} names uptime, which nobody exports`]);
  });
});

describe('queries-parse', () => {
  test('accepts what Prometheus and Flagger can read', () => {
    expect(alert('queries-parse', 'sum by (pod) (rate(up[5m])) > 0 unless on (pod) up')).toEqual([]);
    expect(template('queries-parse', `sum(rate(up{${OWN}, model="{{ variables.model }}"}[{{ interval }}]))`)).toEqual([]);
  });

  test.each([
    ['a missing parenthesis', 'sum(rate(up[5m]) > 0', 'cannot be read at its end, "…sum(rate(up[5m]) > 0"'],
    ['a word too many', 'sum(up) bye (pod)', 'cannot be read at "bye (pod)"'],
    ['nothing', ' ', 'is empty'],
    ['a range', 'up[5m]', 'answers with a range: take a rate or an average of it'],
  ])('fails for %s', (_, query, message) => {
    expect(alert('queries-parse', query)).toEqual([message]);
  });

  test('fails for a value that Flagger does not put in', () => {
    expect(template('queries-parse', 'up{pod="x"} > {{ targt }}')).toEqual([
      'MetricTemplate/errors: /spec/query cannot be read at "{ targt }}"',
    ]);
  });
});

describe('queries-name-metrics', () => {
  test('accepts metrics of the engine, of other exporters and of recording rules', () => {
    expect(alert('queries-name-metrics', 'vllm:request_success_total{finished_reason=~"abort|error", pod="x"}')).toEqual([]);
    expect(alert('queries-name-metrics', 'vllm:inter_token_latency_seconds_bucket{le="1.0"} + {le="+Inf"}')).toEqual([]);
    expect(alert('queries-name-metrics', 'kong_http_requests_total{code="500"} + engine:rate')).toEqual([]);
    expect(
      alert('queries-name-metrics', 'kube_pod_labels{label_app="web", exported_namespace="app"} + DCGM_FI_DEV_FB_USED{gpu="0"}'),
    ).toEqual([]);
  });

  test.each([
    [
      'an old name',
      'vllm:gpu_cache_usage_perc > 0',
      'names vllm:gpu_cache_usage_perc, which nobody exports (there: vllm:kv_cache_usage_perc)',
    ],
    ['a name of nobody', 'latency > 0', 'names latency, which nobody exports'],
    [
      'a misspelt name of an exporter',
      'redis_max_memory_bytes > 0',
      expect.stringContaining('names redis_max_memory_bytes, which nobody exports (there: redis_memory_max_bytes'),
    ],
    [
      'a value that an exporter never writes',
      'kube_pod_status_phase{phase="pending"}',
      'selects kube_pod_status_phase by phase "pending", which is never written (there: Failed, Pending, Running, Succeeded, Unknown)',
    ],
    [
      'a label that an exporter does not write',
      'kong_http_requests_total{status="500"}',
      expect.stringContaining('selects kong_http_requests_total by status, a label that it does not have'),
    ],
    ['a label of nobody', 'up{reason="x"}', 'selects up by reason, a label that it does not have (there is none)'],
    [
      'a bound that no bucket has',
      'vllm:inter_token_latency_seconds_bucket{le="0.12"}',
      'selects vllm:inter_token_latency_seconds_bucket by le "0.12", which is never written (there: +Inf, 0.01, 0.025, 0.05, 0.075, and 15 more)',
    ],
    [
      'a bound as Python does not write it',
      'vllm:inter_token_latency_seconds_bucket{le="1"}',
      'selects vllm:inter_token_latency_seconds_bucket by le "1", which is never written (there: +Inf, 0.01, 0.025, 0.05, 0.075, and 15 more)',
    ],
    [
      'a value of nobody',
      'http_requests_total{status="500"}',
      'selects http_requests_total by status "500", which is never written (there: 1xx, 2xx, 3xx, 4xx, 5xx)',
    ],
  ])('fails for %s', (_, query, message) => {
    expect(alert('queries-name-metrics', query)).toEqual([message]);
  });
});

describe('queries-make-sense', () => {
  test('accepts rates, quantiles and shares', () => {
    const bad = 'rate(http_requests_total{status="5xx"}[1m])';

    expect(alert('queries-make-sense', `(sum(${bad}) or vector(0)) / (sum(rate(http_requests_total{pod="x"}[1m])) > 0) > 0.05`)).toEqual(
      [],
    );
    expect(
      alert('queries-make-sense', 'histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m]))) > 2'),
    ).toEqual([]);
    expect(alert('queries-make-sense', 'max(vllm:kv_cache_usage_perc{pod="x"}) > 0.95')).toEqual([]);
    expect(alert('queries-make-sense', 'count(kong_http_requests_total) + cnpg_backends_total')).toEqual([]);
  });

  test.each([
    ['the rate of a gauge', 'rate(vllm:num_requests_waiting[5m])', 'takes the rate of vllm:num_requests_waiting, which is no counter'],
    ['a counter as it is', 'sum(http_requests_total)', 'takes http_requests_total as it is: it counts since the start of each pod'],
    [
      'a counter of another exporter',
      'redis_evicted_keys_total > 1',
      'takes redis_evicted_keys_total as it is: it counts since the start of each pod',
    ],
    [
      'a window of another exporter',
      'rate(redis_evicted_keys_total[10s])',
      'takes the rate over 10s, which holds fewer than 4 scrapes: there is one every 10 s',
    ],
    [
      'a window of two scrapes',
      'rate(http_requests_total[20s])',
      'takes the rate over 20s, which holds fewer than 4 scrapes: there is one every 10 s',
    ],
    [
      'an average of one scrape',
      'avg_over_time(vllm:num_requests_waiting[10s])',
      'takes the avg_over_time over 10s, which holds fewer than 2 scrapes: there is one every 10 s',
    ],
    [
      'a quantile in per cent',
      'histogram_quantile(95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m])))',
      'takes the quantile 95: a quantile is from 0 to 1',
    ],
    [
      'a quantile of a sum',
      'histogram_quantile(0.9, sum by (le) (rate(vllm:time_to_first_token_seconds_sum[5m])))',
      'takes a quantile of what are no buckets',
    ],
    [
      'a quantile without bounds',
      'histogram_quantile(0.9, sum by (pod) (rate(vllm:time_to_first_token_seconds_bucket[5m])))',
      'takes a quantile of buckets without their bounds: write sum by (le)',
    ],
    [
      'a quantile of everything',
      'histogram_quantile(0.9, sum(rate(vllm:time_to_first_token_seconds_bucket[5m])))',
      'takes a quantile of buckets that are added up: write sum by (le)',
    ],
    ['a share of nothing', 'up / sum(up{pod="x"})', 'divides by what may be zero: write (… > 0)'],
    [
      'a share of failures that are not there',
      'sum(rate(http_requests_total{status="5xx"}[1m])) / (sum(rate(http_requests_total{pod="x"}[1m])) > 0)',
      'has no value while nothing fails: write (… or vector(0)) above the line',
    ],
    [
      'a share in per cent',
      'max(vllm:kv_cache_usage_perc{pod="x"}) > 95',
      'compares vllm:kv_cache_usage_perc, a share from 0 to 1, with 95',
    ],
  ])('fails for %s', (_, query, message) => {
    expect(alert('queries-make-sense', query)).toEqual([message]);
  });
});

describe('queries-fit-names', () => {
  const RULE = 'queries-fit-names';
  const quantile = (share: string) =>
    `histogram_quantile(${share}, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket{${OWN}}[{{ interval }}])))`;
  const share = (status: string) =>
    `(sum(rate(http_requests_total{${OWN}, status=${status}}[{{ interval }}])) or vector(0)) / (sum(rate(http_requests_total{${OWN}}[{{ interval }}])) > 0)`;
  const named = (name: string, query: string) =>
    problems(RULE, ({ get }) => {
      Object.assign(get('MetricTemplate/errors').spec, { query });
      get('MetricTemplate/errors').metadata.name = name;
      Object.assign(get('Canary/model').spec.analysis.metrics[0], { name, templateRef: { name } });
    }).map((text) => text.replace(`MetricTemplate/${name}: /spec/query `, ''));

  test('accepts what the name promises, and names that promise nothing', () => {
    expect(named('first-token-p95-seconds', quantile('0.95'))).toEqual([]);
    expect(named('first-token-seconds', quantile('0.5'))).toEqual([]);
    expect(named('success-percent', `100 * (1 - ${share('"5xx"')})`)).toEqual([]);
    expect(named('error-percent', `100 * ${share('"5xx"')}`)).toEqual([]);
  });

  test.each([
    ['first-token-p95-seconds', quantile('0.5'), 'takes the quantile 0.5, and the name "first-token-p95-seconds" says 0.95'],
    ['first-token-p999-seconds', quantile('0.99'), 'takes the quantile 0.99, and the name "first-token-p999-seconds" says 0.999'],
    [
      'success-percent',
      `100 * (1 - ${share('~"4xx|5xx"')})`,
      'counts mistakes of clients (4xx), which say nothing about a version: count 5xx',
    ],
    [
      'success-percent',
      `100 * ${share('"5xx"')}`,
      'answers with a share of failures, and the name "success-percent" says of successes: write 1 - …',
    ],
    ['error-percent', `100 * (1 - ${share('"5xx"')})`, 'answers with a share of successes, and the name "error-percent" says of failures'],
  ])('fails for %s with %s', (name, query, message) => {
    expect(named(name, query)).toEqual([message]);
  });

  test('fails for a line of a dashboard that is called otherwise', () => {
    const expr = 'histogram_quantile(0.95, sum by (le) (rate(kong_request_latency_ms_bucket[5m])))';
    const targets = [{ expr, legendFormat: '{{service}} 99 %' }];
    const found = problems(RULE, ({ add }) =>
      add({
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dashboard-web', namespace: 'app' } },
        data: { 'web.json': JSON.stringify({ schemaVersion: 39, panels: [{ title: 'Time', targets }] }) },
      }),
    );

    expect(found).toEqual([expect.stringContaining('takes the quantile 0.95, and the name "Time {{service}} 99 %" says 0.99')]);
  });
});

describe('alerts-can-fire', () => {
  const RULE = 'alerts-can-fire';
  const share = '(sum(rate(up{a="b"}[5m])) or vector(0)) / (sum(rate(up[5m])) > 0)';

  test('accepts what is true now and then', () => {
    for (const expr of [
      'redis_up == 0',
      'flagger_canary_status{name="x"} == 2',
      'flagger_canary_status > 1',
      'max by (name) (flagger_canary_status) == 0',
      'min(redis_up) < 1 or absent(redis_up)',
      'up == 1 and on (pod) restarts > 3',
      `${share} > 0.05`,
      'delta(queue[5m]) < 0',
      'restarts > 0',
      'node_hwmon_temp_celsius < 0',
      'expires - time() < 0',
      'expires - time() < 14 * 86400',
      'time() - max(finished) > 93600',
      '(count(up == 1) or vector(0)) == 0',
      'count(up) < 3',
    ])
      expect(alert(RULE, expr)).toEqual([]);
  });

  test.each([
    ['redis_up == 1', 'fires while what is asked for answers: redis_up is 1 then (== 1)'],
    ['min by (pod) (redis_up) == 1 or absent(x)', 'fires while what is asked for answers: redis_up is 1 then (== 1)'],
    ['flagger_canary_status{name="x"} == 1', 'fires while the last release went well: flagger_canary_status is 1 then (== 1)'],
    ['flagger_canary_status > 0', 'fires while the last release went well: flagger_canary_status is 1 then (> 0)'],
    ['up != 0', 'fires while what is asked for answers: up is 1 then (!= 0)'],
    ['max(restarts) >= 0', 'fires always, as no such figure is below zero (>= 0)'],
    ['max(restarts) < 0', 'never fires, as no such figure is below zero (< 0)'],
    ['count(up{a="b"}) == 0', 'never fires, as the count of nothing is nothing (== 0): write absent(…), or add vector(0)'],
    ['expires - time() < 14', 'compares a time in seconds with 14: write days as * 86400'],
    ['time() - max(finished) > 93600000', 'compares a time in seconds with 93600000: that is more than a year'],
    ['histogram_quantile(0.9, latency_bucket) > 0', 'fires at every request, as each takes some time (> 0)'],
    [`${share} > 5`, 'never fires, as a share is from 0 to 1 (> 5)'],
    ['min by (pod) (free_bytes / (all_bytes > 0)) < 5', 'fires always, as a share is from 0 to 1 (< 5)'],
    ['max(DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE > 0)) > 97', 'never fires, as a share is from 0 to 1 (> 97)'],
    ['count by (job) (up == 0) / on (job) count by (job) (up) > 30', 'never fires, as a share is from 0 to 1 (> 30)'],
    [`(${share}) > 95`, 'never fires, as a share is from 0 to 1 (> 95)'],
  ])('fails for %s', (expr, message) => {
    expect(alert(RULE, expr)).toEqual([message]);
  });
});

describe('queries-keep-units', () => {
  const RULE = 'queries-keep-units';
  const latency = (unit: string) => `histogram_quantile(0.95, sum by (le) (rate(latency_${unit}_bucket[5m])))`;
  const lag = '(max(mongodb_rs_members_optimeDate{a="b"}) - min(mongodb_rs_members_optimeDate))';
  const shown = (unit: string, expr: string) =>
    problems(RULE, ({ add }) => {
      const panels = [{ fieldConfig: { defaults: { unit } }, targets: [{ expr }] }];
      add({
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dashboard-web', namespace: 'app' } },
        data: { 'web.json': JSON.stringify({ schemaVersion: 39, panels }) },
      });
    }).map((text) => text.replace('ConfigMap/dashboard-web: /data/web.json/panels/0/targets/0/expr ', ''));
  const recorded = (record: string, expr: string) =>
    problems(RULE, ({ add }) =>
      add({
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'records', namespace: 'llm' } },
        spec: { groups: [{ name: 'records', rules: [{ record, expr }] }] },
      }),
    ).map((text) => text.replace('PrometheusRule/records: /spec/groups/0/rules/0/expr ', ''));

  test('accepts figures in the unit that they are compared, recorded and shown in', () => {
    for (const expr of [`${latency('ms')} > 500`, `${latency('ms')} / 1000 > 0.5`, `${latency('seconds')} > 0.05`, `${lag} / 1000 > 60`])
      expect(alert(RULE, expr)).toEqual([]);
    for (const [unit, expr] of [
      ['s', `${latency('ms')} / 1000`],
      ['ms', latency('ms')],
      ['ms', `1000 * ${latency('seconds')}`],
      ['s', 'sum(rate(nv_inference_request_duration_us[5m])) / (sum(rate(nv_inference_request_success[5m])) > 0) / 1000000'],
      ['percent', 'max(DCGM_FI_DEV_GPU_UTIL)'],
      ['percent', '100 * sum(failed) / sum(all)'],
      ['percentunit', 'max(DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE > 0))'],
      ['bytes', 'DCGM_FI_DEV_FB_USED * 1048576'],
      ['short', 'sum(rate(container_cpu_usage_seconds_total[5m]))'],
    ] as const)
      expect([expr, shown(unit, expr)]).toEqual([expr, []]);
    expect(recorded('gpu_memory_used_bytes', 'max(DCGM_FI_DEV_FB_USED) * 1048576')).toEqual([]);
  });

  test.each([
    [`${latency('ms')} > 0.5`, 'compares milliseconds with 0.5: write 500 if seconds are meant'],
    [`${latency('seconds')} > 2500`, 'compares seconds with 2500: write 2.5 if milliseconds are meant'],
    ['max(cnpg_pg_replication_lag) > 60000', 'compares seconds with 60000: write 60 if milliseconds are meant'],
    [`${lag} > 60`, 'compares milliseconds with 60: write 60000 if seconds are meant'],
  ])('fails for %s', (expr, message) => {
    expect(alert(RULE, expr)).toEqual([message]);
  });

  test.each([
    ['s', latency('ms'), 'is in milliseconds, and the panel shows it as seconds'],
    ['bytes', 'DCGM_FI_DEV_FB_USED', 'is in MiB, and the panel shows it as bytes'],
    ['percentunit', 'max(DCGM_FI_DEV_GPU_UTIL)', 'is in percent, and the panel shows it as a share of 1'],
    ['percentunit', '100 * sum(failed) / sum(all)', 'is in percent, and the panel shows it as a share of 1'],
    ['percent', 'sum(failed) / sum(all)', 'is a share of 1, and the panel shows it as percent'],
    ['percent', 'max(vllm:kv_cache_usage_perc)', 'is a share of 1, and the panel shows it as percent'],
  ])('fails for a panel in %s of %s', (unit, expr, message) => {
    expect(shown(unit, expr)).toEqual([message]);
  });

  test('fails for a series that is recorded under the name of another unit', () => {
    expect(recorded('gpu_memory_used_bytes', 'max(DCGM_FI_DEV_FB_USED)')).toEqual(['records MiB under the name gpu_memory_used_bytes']);
  });
});

describe('limits-fit-queries', () => {
  const successes = `100 * (1 - sum(rate(http_requests_total{${OWN}}[{{ interval }}])))`;
  const AT = 'Canary/model: /spec/analysis/metrics/0/thresholdRange';
  const OF = 'but MetricTemplate/errors answers in per cent';

  test('accepts per cent for per cent, and anything for anything else', () => {
    expect(template('limits-fit-queries', successes, { min: 99 })).toEqual([]);
    expect(template('limits-fit-queries', '100 * max(up)', { max: 5 })).toEqual([]);
    expect(template('limits-fit-queries', 'max(up)', { min: 0.5, max: 200 })).toEqual([]);
  });

  test('fails for a fraction, for what is never exceeded, and for a maximum of successes', () => {
    expect(template('limits-fit-queries', successes, { min: 0.99 })).toEqual([`${AT}/min is 0.99, ${OF}: write 99 if that share is meant`]);
    expect(template('limits-fit-queries', '100 * max(up)', { max: 500 })).toEqual([`${AT}/max is 500, ${OF}: no value would exceed it`]);
    expect(template('limits-fit-queries', successes, { max: 99 })).toEqual([
      `${AT} has only a maximum, but MetricTemplate/errors answers with a share of successes, which needs a minimum`,
    ]);
  });
});

test('queries-make-sense fails for buckets that are recorded without their bounds', () => {
  const recorded = (by: string) =>
    problems('queries-make-sense', ({ add }) =>
      add({
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'records', namespace: 'llm' } },
        spec: {
          groups: [
            { name: 'records', rules: [{ record: 'web_seconds_bucket', expr: `sum by (${by}) (rate(request_seconds_bucket[5m]))` }] },
          ],
        },
      }),
    );

  expect(recorded('pod, le')).toEqual([]);
  expect(recorded('pod')).toEqual([
    'PrometheusRule/records: /spec/groups/0/rules/0/expr records buckets as web_seconds_bucket without their bounds: write by (…, le)',
  ]);
});

test('queries-make-sense fails for a class of codes where codes are numbers', () => {
  expect(alert('queries-make-sense', 'rate(kong_http_requests_total{code=~"5.."}[5m]) > 1')).toEqual([]);
  expect(alert('queries-make-sense', 'rate(http_requests_total{status=~"5xx"}[5m]) > 1')).toEqual([]);
  expect(alert('queries-make-sense', 'rate(kong_http_requests_total{code=~"5xx"}[5m]) > 1')).toEqual([
    'looks for code "5xx", but codes are numbers: write 5..',
  ]);
});
