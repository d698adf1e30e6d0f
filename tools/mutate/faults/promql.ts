import { all, drop, replace, set } from '../edits';
import { chapter } from '../fault';
import { ALERTS, CANARY, template } from './objects';

const Q = '/spec/query';
const rule = (name: string, field: string) => `/spec/groups/0/rules/alert=${name}/${field}`;
const TTFT = template('time-to-first-token-p95-seconds');
const WAITING = template('waiting-requests');
const PODS = 'pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"';

export const promql = chapter('Metrics and alerts', {
  'query-unbalanced': ['A metric’s query lacks a parenthesis.', replace(WAITING, Q, /\)$/, '')],
  'query-empty': ['A metric’s query is empty.', set(WAITING, Q, '')],
  'query-range': [
    'A metric’s query answers with a range.',
    set(WAITING, Q, 'vllm:num_requests_waiting{namespace="{{ namespace }}"}[{{ interval }}]'),
  ],
  'query-metric-misspelt': [
    'A metric’s query asks for a metric that the engine does not export.',
    replace(WAITING, Q, 'num_requests_waiting', 'num_request_waiting'),
  ],
  'query-metric-old': [
    'A metric’s query asks for a name of an older engine.',
    replace(template('cache-usage-percent'), Q, 'kv_cache_usage_perc', 'gpu_cache_usage_perc'),
  ],
  'query-metric-underscore': ['A metric’s query writes an underscore for the engine’s colon.', replace(WAITING, Q, 'vllm:num', 'vllm_num')],
  'query-without-bucket': ['A quantile is taken of a histogram’s sum.', replace(TTFT, Q, '_bucket', '_sum')],
  'query-quantile-without-le': ['A quantile is taken without the buckets’ bounds.', replace(TTFT, Q, 'sum by (le)', 'sum by (pod)')],
  'query-quantile-percent': ['A quantile is given in per cent.', replace(TTFT, Q, '0.95', '95')],
  'query-rate-of-gauge': ['A rate is taken of what is no counter.', replace(WAITING, Q, 'avg_over_time', 'rate')],
  'query-counter-without-rate': [
    'A counter is summed as it is.',
    replace(template('aborted-percent'), Q, /rate\((vllm:request_success_total\{.*?"\})\[\{\{ interval \}\}\]\)/g, '$1'),
  ],
  'query-of-all-pods': ['A metric looks at primary and canary together.', replace(WAITING, Q, PODS, 'pod=~"{{ target }}.*"')],
  'query-of-primary': ['A metric looks at the primary.', replace(WAITING, Q, PODS, 'pod=~"{{ target }}-primary-.*"')],
  'query-without-pods': ['A metric looks at every pod of its namespace.', replace(WAITING, Q, `, ${PODS}`, '')],
  'query-other-namespace': ['A metric looks at another namespace.', replace(WAITING, Q, '{{ namespace }}', 'default')],
  'query-label-misspelt': [
    'A metric selects a label that the engine does not export.',
    replace(template('aborted-percent'), Q, 'finished_reason', 'finish_reason'),
  ],
  'query-status-misspelt': [
    'A metric looks for a status that is never written.',
    replace(template('success-percent'), Q, 'status="5xx"', 'status="500"'),
  ],
  'query-variable-misspelt': [
    'A metric’s template names a variable that Flagger does not have.',
    replace(WAITING, Q, '{{ target }}', '{{ targt }}'),
  ],
  'query-template-malformed': ['A metric’s template does not parse.', replace(WAITING, Q, '{{ target }}', '{{ target }')],
  'query-fixed-window': [
    'A metric’s window is written instead of taken from the Canary.',
    replace(WAITING, Q, '[{{ interval }}]', '[15s]'),
  ],
  'query-fails-without-errors': [
    'A success rate has no value while there are no errors.',
    replace(template('success-percent'), Q, ' or vector(0)', ''),
  ],
  'query-divides-by-zero': [
    'A share has no value while there is no traffic, and divides by zero.',
    replace(template('aborted-percent'), Q, ' > 0)', ')'),
  ],
  'provider-type-misspelt': ['A metric’s provider does not exist.', set(WAITING, '/spec/provider/type', 'promethius')],
  'provider-address-missing': ['A metric’s provider has no address.', drop(WAITING, '/spec/provider/address')],
  'provider-address-malformed': [
    'A metric’s provider has an address without a scheme.',
    replace(WAITING, '/spec/provider/address', 'http://', ''),
  ],
  'alert-unbalanced': ['An alert’s query lacks a parenthesis.', replace(ALERTS, rule('EngineFirstTokenSlow', 'expr'), ')))', '))')],
  'alert-metric-misspelt': [
    'An alert watches a metric that the engine does not export.',
    replace(ALERTS, rule('EngineFirstTokenSlow', 'expr'), 'time_to_first_token_seconds', 'time_to_first_token_second'),
  ],
  'alert-label-misspelt': [
    'An alert watches a label that the engine does not export.',
    replace(ALERTS, rule('EngineQueueGrows', 'expr'), 'model_name', 'model'),
  ],
  'alert-percent': ['An alert compares a fraction with per cent.', replace(ALERTS, rule('EngineCacheFull', 'expr'), '> 0.95', '> 95')],
  'alert-window-short': [
    'An alert’s window holds less than four scrapes.',
    replace(ALERTS, rule('EngineTokensSlow', 'expr'), '[5m]', '[15s]'),
  ],
  'alert-without-comparison': [
    'An alert fires as soon as its metric exists.',
    replace(ALERTS, rule('EngineFirstTokenSlow', 'expr'), / > 2.5$/, ''),
  ],
  'alert-without-for': ['An alert fires at the first moment.', drop(ALERTS, rule('EngineFirstTokenSlow', 'for'))],
  'alert-for-malformed': ['An alert waits for a time that is no duration.', set(ALERTS, rule('EngineFirstTokenSlow', 'for'), '10 minutes')],
  'alert-without-runbook': ['An alert tells nobody what to do.', drop(ALERTS, rule('EngineFirstTokenSlow', 'annotations/runbook_url'))],
  'alert-without-summary': ['An alert does not say what it is about.', drop(ALERTS, rule('EngineFirstTokenSlow', 'annotations/summary'))],
  'alert-without-severity': ['An alert says neither page nor ticket.', drop(ALERTS, rule('EngineFirstTokenSlow', 'labels/severity'))],
  'alert-severity-unrouted': [
    'An alert’s severity is routed to nobody.',
    set(ALERTS, rule('EngineFirstTokenSlow', 'labels/severity'), 'warn'),
  ],
  'alert-twice': ['Two alerts share a name.', set(ALERTS, rule('EngineTokensSlow', 'alert'), 'EngineFirstTokenSlow')],
  'alert-name-malformed': ['An alert’s query is empty.', set(ALERTS, rule('EngineTokensSlow', 'expr'), '')],
  'alert-group-twice': [
    'Two groups of alerts share a name.',
    all((draft) =>
      draft.change(ALERTS, ({ spec }) => {
        spec.groups.push(structuredClone(spec.groups[0]));
      }),
    ),
  ],
  'alert-bucket-missing': [
    'An alert counts requests within a bound that no bucket has.',
    replace(ALERTS, rule('EngineFirstTokenBurnsFast', 'expr'), 'le="2.5"', 'le="2.4"'),
  ],
  'alert-always': ['An alert fires at every request.', replace(ALERTS, rule('EngineFirstTokenSlow', 'expr'), '> 2.5', '> 0')],
  'alert-never': ['An alert waits for a share above all.', replace(ALERTS, rule('EngineErrors', 'expr'), '> 0.05', '> 5')],
  'alert-while-well': [
    'An alert about failed releases fires after good ones.',
    replace('PrometheusRule/monitoring/controllers-alerts', '/spec/groups/0/rules/0/expr', '== 2', '== 1'),
  ],
  'alert-while-up': [
    'An alert about a cache that is down fires while it is up.',
    replace('PrometheusRule/monitoring/redis-alerts', '/spec/groups/0/rules/0/expr', '== 0', '== 1'),
  ],
  'alert-counter-as-it-is': [
    'An alert compares a counter of another exporter as it is.',
    replace(
      'PrometheusRule/monitoring/redis-alerts',
      '/spec/groups/0/rules/2/expr',
      'rate(redis_evicted_keys_total[10m])',
      'redis_evicted_keys_total',
    ),
  ],
  'gate-other-percentile': ['A gate called p95 takes the median.', replace(TTFT, Q, '0.95', '0.5')],
  'gate-of-clients': ['A gate counts mistakes of clients.', replace(template('success-percent'), Q, 'status="5xx"', 'status="4xx"')],
  'gate-turned': ['A gate called success answers with failures.', replace(template('success-percent'), Q, '100 * (1 - (', '100 * ((')],
  'threshold-looser-than-nothing': [
    'A Canary’s limit for aborted answers can never be passed.',
    set(CANARY, '/spec/analysis/metrics/name=aborted-percent/thresholdRange/max', 500),
  ],
  'alert-redis-metric-exchanged': [
    'An alert asks Redis for a metric with its words exchanged.',
    replace('PrometheusRule/monitoring/redis-alerts', rule('RedisMemoryFull', 'expr'), 'redis_memory_max_bytes', 'redis_max_memory_bytes'),
  ],
  'alert-object-metric-misspelt': [
    'An alert asks for a figure that no object has.',
    replace('PrometheusRule/monitoring/workloads-alerts', rule('WorkloadDown', 'expr'), 'replicas_available', 'available_replicas'),
  ],
  'alert-phase-never-written': [
    'An alert looks for a phase that pods never have.',
    replace('PrometheusRule/monitoring/workloads-alerts', rule('PodPending', 'expr'), '"Pending"', '"pending"'),
  ],
  'alert-database-metric-short': [
    'An alert asks for a database’s metric by half of its name.',
    replace('PrometheusRule/monitoring/postgresql-alerts', rule('PostgresReplicationLags', 'expr'), 'cnpg_pg_', 'cnpg_'),
  ],
  'alert-gateway-label-other': [
    'An alert asks the gateway for a label that it does not write.',
    replace('PrometheusRule/monitoring/gateway-alerts', rule('GatewayErrors', 'expr'), 'code=~', 'status=~'),
  ],
  'alert-gateway-metric-old': [
    'An alert asks the gateway for a name of older releases.',
    replace('PrometheusRule/monitoring/gateway-alerts', rule('GatewayErrors', 'expr'), 'kong_http_requests_total', 'kong_http_status'),
  ],
  'alert-counts-nothing': [
    'An alert waits for a count of zero.',
    set(ALERTS, rule('EngineUnseen', 'expr'), 'count(vllm:num_requests_running{model_name="llama-2-70b-chat"}) == 0'),
  ],
  'alert-days-as-seconds': [
    'An alert about certificates comes 14 seconds before their end.',
    replace('PrometheusRule/monitoring/controllers-alerts', rule('CertificateExpires', 'expr'), '14 * 86400', '14'),
  ],
  'alert-after-years': [
    'An alert about backups comes after three years.',
    replace('PrometheusRule/velero/backup', rule('BackupOverdue', 'expr'), '> 93600', '> 93600000'),
  ],
  'alert-condition-never-written': [
    'An alert looks for a condition that no node has.',
    replace('PrometheusRule/monitoring/workloads-alerts', rule('NodeNotReady', 'expr'), 'condition="Ready"', 'condition="NotReady"'),
  ],
  'alert-half-a-millisecond': [
    'An alert takes milliseconds for seconds.',
    replace('PrometheusRule/ml/models', rule('ModelAnswersSlow', 'expr'), '> 500', '> 0.5'),
    'prod/eu-west-1',
  ],
  'alert-lag-in-milliseconds': [
    'An alert takes a lag of 60 ms for one of a minute.',
    replace('PrometheusRule/gpt/mongodb-alerts', rule('MongodbReplicationLag', 'expr'), ' / 1000', ''),
    'prod/eu-west-1',
  ],
  'record-in-other-unit': [
    'Memory of GPUs is recorded in MiB, under the name of bytes.',
    replace('PrometheusRule/monitoring/gpu-records', '/spec/groups/0/rules/record=gpu_memory_used_bytes/expr', ' * 1048576', ''),
  ],
  'panel-in-other-unit': [
    'A panel shows 90 % as 9000 %.',
    replace('ConfigMap/monitoring/dashboard-gpu', '/data/gpu.json', '"unit": "percent"', '"unit": "percentunit"'),
  ],
  'dashboard-of-other-grafana': [
    'A dashboard asks a source of another Grafana.',
    replace('ConfigMap/monitoring/dashboard-engine', '/data/engine.json', '"uid": "prometheus"', '"uid": "P1809F7CD0C75ACF3"'),
  ],
  'dashboard-variable-unknown': [
    'A panel uses a variable that its dashboard does not define.',
    replace('ConfigMap/monitoring/dashboard-kong', '/data/kong.json', '\\"$service\\"', '\\"$svc\\"'),
  ],
  'dashboards-of-one-name': [
    'Two dashboards have one uid.',
    replace('ConfigMap/monitoring/dashboard-redis', '/data/redis.json', '"uid": "redis"', '"uid": "postgresql"'),
  ],
  'alert-share-in-percent': [
    'An alert takes a share of a volume for per cent.',
    replace('PrometheusRule/monitoring/workloads-alerts', rule('ClaimFull', 'expr'), '< 0.05', '< 5'),
  ],
  'alert-seconds-in-milliseconds': [
    'An alert takes seconds for milliseconds.',
    replace(ALERTS, rule('EngineFirstTokenSlow', 'expr'), '> 2.5', '> 2500'),
  ],
  'record-without-bounds': [
    'Buckets are recorded without their bounds.',
    replace(
      'PrometheusRule/llm/llm-service-records',
      '/spec/groups/0/rules/record=llm_request_duration_seconds_bucket/expr',
      'pod, le)',
      'pod)',
    ),
  ],
  'alert-class-of-codes': [
    'An alert looks for a code that is no number.',
    replace('PrometheusRule/monitoring/gateway-alerts', rule('GatewayErrors', 'expr'), '5..', '5xx'),
  ],
});
