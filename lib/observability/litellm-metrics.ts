/** Metrics of the pinned LiteLLM release that Slipway relies on; names change between releases, so nothing else spells them. */
export const liteLlmMetrics = {
  requests: 'litellm_proxy_total_requests_metric_total',
  failed: 'litellm_proxy_failed_requests_metric_total',
  latency: 'litellm_request_total_latency_metric_bucket',
  modelLatency: 'litellm_llm_api_latency_metric_bucket',
  overheadSum: 'litellm_overhead_latency_metric_sum',
  overheadCount: 'litellm_overhead_latency_metric_count',
  inputTokens: 'litellm_input_tokens_metric_total',
  outputTokens: 'litellm_output_tokens_metric_total',
} as const;
