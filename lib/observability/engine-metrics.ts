/**
 * Metrics of the pinned vLLM release that Slipway relies on. The engine serves them on its only port; names change between
 * releases (deprecated, hidden, removed over three of them), so nothing else spells them.
 */
export const engineMetrics = {
  running: 'vllm:num_requests_running',
  waiting: 'vllm:num_requests_waiting',
  cacheUsage: 'vllm:kv_cache_usage_perc',
  preemptions: 'vllm:num_preemptions_total',
  finished: 'vllm:request_success_total',
  generatedTokens: 'vllm:generation_tokens_total',
  timeToFirstToken: 'vllm:time_to_first_token_seconds_bucket',
  interTokenLatency: 'vllm:inter_token_latency_seconds_bucket',
  requestLatency: 'vllm:e2e_request_latency_seconds_bucket',
  requestLatencySum: 'vllm:e2e_request_latency_seconds_sum',
  requestLatencyCount: 'vllm:e2e_request_latency_seconds_count',
  queueTime: 'vllm:request_queue_time_seconds_bucket',
  promptTokens: 'vllm:prompt_tokens_total',
  httpRequests: 'http_requests_total',
} as const;

/** A metric that the autoscaler reads per pod: its name there, and the query that the metrics adapter answers it with. */
export interface PodMetric {
  /** Name in `custom.metrics.k8s.io`. */
  readonly name: string;

  /** Series that the adapter looks for. */
  readonly series: string;
}

/** Requests that wait for a place in the batch: the signal to add replicas. */
export const waitingPerPod: PodMetric = { name: 'vllm_num_requests_waiting', series: engineMetrics.waiting };

/** Share of the KV cache in use, 0 to 1: rises before requests begin to wait. */
export const cacheUsagePerPod: PodMetric = { name: 'vllm_kv_cache_usage_perc', series: engineMetrics.cacheUsage };

/** Every metric that the adapter must serve. */
export const podMetrics: readonly PodMetric[] = [waitingPerPod, cacheUsagePerPod];

/** Edges of the engine's latency histograms, seconds: an objective that is one of them can be counted exactly. */
export const latencyBuckets = {
  timeToFirstToken: [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560],
  interTokenLatency: [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80],
} as const;
