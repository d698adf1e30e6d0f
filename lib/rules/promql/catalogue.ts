import { exportedMetric, exportedNames } from './families';

/** What kind of figures a metric holds. A histogram is known by its series: `_bucket`, `_sum` and `_count`. */
export interface Metric {
  readonly type: 'counter' | 'gauge' | 'bucket' | 'part';

  /** Labels beside those that Prometheus adds. */
  readonly labels: readonly string[];

  /** The values that a label can have, where they are few. */
  readonly values?: Readonly<Record<string, readonly string[]>>;

  /** Whether it is a share from 0 to 1. */
  readonly share?: true;
}

/** Labels that Prometheus adds to whatever it scrapes from pods. */
export const TARGET_LABELS: ReadonlySet<string> = new Set([
  '__name__',
  'container',
  'endpoint',
  'instance',
  'job',
  'namespace',
  'node',
  'pod',
  'service',
]);

const ENGINE = ['engine', 'model_name'];
const MONGODB = ['cl_id', 'cl_role', 'rs_nm', 'rs_state'];

const TRITON = ['gpu_uuid', 'model', 'version'];

/** Between whom requests go, as the proxy tells that reports them; those that nobody asks for are left out. */
const ISTIO = [
  ...['reporter', 'request_protocol', 'response_code', 'response_flags', 'source_workload', 'source_workload_namespace'],
  ...['destination_service', 'destination_service_name', 'destination_service_namespace', 'destination_workload'],
];

const ARGOCD_APP = ['dest_namespace', 'dest_server', 'name', 'project'];

/** By whom LiteLLM counts requests. */
const CLIENT = ['api_key_alias', 'end_user', 'hashed_api_key', 'team', 'team_alias', 'user', 'user_email'];

/** Edges of vLLM's buckets, seconds. */
const FIRST_TOKEN = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560];
const NEXT_TOKEN = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];
const WHOLE_REQUEST = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

/** Edges of buckets as exporters in Python write them: 1.0, not 1. */
const bounds = (edges: readonly number[]): NonNullable<Metric['values']> => ({
  le: [...edges.map((edge) => (Number.isInteger(edge) ? edge.toFixed(1) : `${edge}`)), '+Inf'],
});

const histogram = (name: string, labels: readonly string[], edges?: readonly number[]): readonly (readonly [string, Metric])[] => [
  [`${name}_bucket`, { type: 'bucket', labels: [...labels, 'le'], ...(edges && { values: bounds(edges) }) }],
  [`${name}_sum`, { type: 'part', labels }],
  [`${name}_count`, { type: 'part', labels }],
];

const REASONS = ['stop', 'length', 'abort', 'error', 'repetition'];
const STATUSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];

/** What the pinned vLLM, Istio, Velero, Argo CD and the exporters of our databases export, as far as somebody may want to ask for it. */
const METRICS: ReadonlyMap<string, Metric> = new Map<string, Metric>([
  ['vllm:num_requests_running', { type: 'gauge', labels: ENGINE }],
  ['vllm:num_requests_waiting', { type: 'gauge', labels: ENGINE }],
  ['vllm:kv_cache_usage_perc', { type: 'gauge', labels: ENGINE, share: true }],
  ['vllm:num_preemptions_total', { type: 'counter', labels: ENGINE }],
  ['vllm:prefix_cache_queries_total', { type: 'counter', labels: ENGINE }],
  ['vllm:prefix_cache_hits_total', { type: 'counter', labels: ENGINE }],
  ['vllm:prompt_tokens_total', { type: 'counter', labels: ENGINE }],
  ['vllm:generation_tokens_total', { type: 'counter', labels: ENGINE }],
  ['vllm:request_success_total', { type: 'counter', labels: [...ENGINE, 'finished_reason'], values: { finished_reason: REASONS } }],
  ...histogram('vllm:time_to_first_token_seconds', ENGINE, FIRST_TOKEN),
  ...histogram('vllm:inter_token_latency_seconds', ENGINE, NEXT_TOKEN),
  ...histogram('vllm:e2e_request_latency_seconds', ENGINE, WHOLE_REQUEST),
  ...histogram('vllm:request_queue_time_seconds', ENGINE, WHOLE_REQUEST),
  ...histogram('vllm:request_prompt_tokens', ENGINE),
  ...histogram('vllm:request_generation_tokens', ENGINE),
  ['http_requests_total', { type: 'counter', labels: ['handler', 'method', 'status'], values: { status: STATUSES } }],
  ...histogram('http_request_duration_seconds', ['handler', 'method']),
  // Percona's exporter beside each member of a MongoDB replica set.
  ['mongodb_up', { type: 'gauge', labels: ['cluster_role'] }],
  ['mongodb_ss_connections', { type: 'gauge', labels: [...MONGODB, 'conn_type'] }],
  ['mongodb_ss_opcounters', { type: 'counter', labels: [...MONGODB, 'legacy_op_type'] }],
  ['mongodb_ss_wt_cache_bytes_currently_in_the_cache', { type: 'gauge', labels: MONGODB }],
  ['mongodb_ss_wt_cache_maximum_bytes_configured', { type: 'gauge', labels: MONGODB }],
  ['mongodb_rs_myState', { type: 'gauge', labels: MONGODB }],
  ['mongodb_rs_members_health', { type: 'gauge', labels: [...MONGODB, 'member_idx', 'member_state'] }],
  ['mongodb_rs_members_optimeDate', { type: 'gauge', labels: [...MONGODB, 'member_idx', 'member_state'] }],
  ['mongodb_rs_members_state', { type: 'gauge', labels: [...MONGODB, 'member_idx', 'member_state'] }],
  // KServe's own servers of models, and Triton.
  ...histogram('request_predict_seconds', ['model_name']),
  ['nv_inference_request_success', { type: 'counter', labels: TRITON }],
  ['nv_inference_request_failure', { type: 'counter', labels: [...TRITON, 'reason'] }],
  ['nv_inference_request_duration_us', { type: 'counter', labels: TRITON }],
  ['nv_inference_queue_duration_us', { type: 'counter', labels: TRITON }],
  // Istio's gateway.
  ['istio_requests_total', { type: 'counter', labels: ISTIO }],
  ...histogram('istio_request_duration_milliseconds', ISTIO),
  ['velero_backup_last_successful_timestamp', { type: 'gauge', labels: ['schedule'] }],
  ['velero_backup_failure_total', { type: 'counter', labels: ['schedule'] }],
  ['velero_backup_partial_failure_total', { type: 'counter', labels: ['schedule'] }],
  ['litellm_proxy_total_requests_metric_total', { type: 'counter', labels: [...CLIENT, 'requested_model', 'route', 'status_code'] }],
  [
    'litellm_proxy_failed_requests_metric_total',
    { type: 'counter', labels: [...CLIENT, 'exception_class', 'exception_status', 'requested_model', 'route'] },
  ],
  ['litellm_input_tokens_metric_total', { type: 'counter', labels: [...CLIENT, 'model', 'requested_model'] }],
  ['litellm_output_tokens_metric_total', { type: 'counter', labels: [...CLIENT, 'model', 'requested_model'] }],
  ...histogram('litellm_request_total_latency_metric', [...CLIENT, 'model', 'requested_model']),
  ...histogram('litellm_llm_api_latency_metric', [...CLIENT, 'model', 'requested_model']),
  ...histogram('litellm_overhead_latency_metric', ['api_base', 'api_provider', 'litellm_model_name', 'model_group', 'model_id']),
  // Argo CD, on the hub.
  [
    'argocd_app_info',
    {
      type: 'gauge',
      labels: [...ARGOCD_APP, 'autosync_enabled', 'health_status', 'operation', 'repo', 'sync_status'],
      values: {
        autosync_enabled: ['true', 'false'],
        health_status: ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'],
        operation: ['', 'sync', 'delete'],
        sync_status: ['Synced', 'OutOfSync', 'Unknown'],
      },
    },
  ],
  [
    'argocd_app_sync_total',
    {
      type: 'counter',
      labels: [...ARGOCD_APP, 'dry_run', 'phase'],
      values: { dry_run: ['true', 'false'], phase: ['Running', 'Terminating', 'Failed', 'Error', 'Succeeded'] },
    },
  ],
  ['argocd_cluster_connection_status', { type: 'gauge', labels: ['k8s_version', 'server'] }],
  ['argocd_git_request_total', { type: 'counter', labels: ['repo', 'request_type'] }],
  ...histogram('argocd_app_reconcile', ['dest_server']),
  ['up', { type: 'gauge', labels: [] }],
]);

/** How metrics begin of which there are many, and of which nobody here asks for more than a few. */
const OTHERS =
  /^(?:ALERTS|alertmanager_|apiserver_|argocd_|certmanager_|container_|controller_runtime_|coredns_|externalsecret_|go_|keda_|kubelet_|node_|otelcol_|process_|prometheus_|rest_client_|scrape_)/;

/** What is known of a metric: `others` for one of an exporter that nobody has listed as a whole. */
export function metricOf(name: string): Metric | 'others' | undefined {
  const metric = METRICS.get(name) ?? exportedMetric(name);
  if (metric === 'misspelt') return undefined;
  return metric ?? (OTHERS.test(name) ? 'others' : undefined);
}

/** Names of the metrics that are known. */
export const metricNames = (): readonly string[] => [...METRICS.keys(), ...exportedNames()];
