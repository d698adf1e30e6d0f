import { metricOf } from './catalogue';

test.each([
  ['kube_pod_status_phase', 'gauge', ['phase']],
  ['kube_pod_container_status_restarts_total', 'counter', []],
  ['cnpg_pg_stat_archiver_failed_count', 'counter', []],
  ['kong_nginx_connections_total', 'gauge', ['state']],
  ['kong_request_latency_ms_bucket', 'bucket', ['le', 'route']],
  ['redis_up', 'gauge', []],
])('knows %s with its type and its labels', (name, type, labels) => {
  expect(metricOf(name)).toMatchObject({ type, labels: expect.arrayContaining(labels) });
});

test.each([
  'kube_service_info',
  'redis_sentinel_tilt',
  'DCGM_FI_PROF_PIPE_FP64_ACTIVE',
  'container_start_time_seconds',
  'node_boot_time_seconds',
])('takes %s for one that nobody has listed', (name) => {
  expect(metricOf(name)).toBe('others');
});

test.each([
  ['kube_pod_status_phases', 'a name that is not in a list that holds them all'],
  ['kube_pod_container_status_restart_total', 'a letter that is missing'],
  ['kube_pods_status_phase', 'a letter too much in its beginning'],
  ['cnpg_replication_lag', 'a beginning that is too short'],
  ['kong_http_status', 'a name of older releases'],
  ['redis_memory_usage_bytes', 'another word'],
  ['redis_max_memory_bytes', 'words in another order'],
  ['container_memory_working_set_byte', 'a letter that is missing, where many are not listed'],
  ['uptime', 'no exporter'],
])('does not know %s: %s', (name) => {
  expect(metricOf(name)).toBeUndefined();
});

test('lists what a label of few values can be', () => {
  expect(metricOf('kube_pod_status_phase')).toMatchObject({ values: { phase: ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] } });
});
