import type { Endpoint } from '../kubernetes/endpoint';
import type { VllmModel } from '../models/catalog';
import { otlpUrl } from '../observability/traces';
import type { VllmSettings } from './llm-settings';

/** vLLM's configuration file: its command line's long names, flat. */
export type EngineConfig = Readonly<Record<string, string | number | boolean>>;

/**
 * What the engine is told.
 *
 * Left out on purpose: `swap-space` (the current engine keeps no swap space), bits and group size of quantised weights
 * (the engine reads them from the checkpoint), a port for metrics (it serves them on its only port).
 *
 * @param path folder of the model's files
 * @param drainSeconds how long a stopping engine goes on with the answers it has begun
 * @param traces where it sends its spans; without, none are made
 */
export function engineConfig(
  settings: VllmSettings,
  model: VllmModel,
  path: string,
  drainSeconds: number,
  traces?: Endpoint,
): EngineConfig {
  return {
    model: path,
    'served-model-name': model.servedName,
    ...(model.quantization.method === 'none' ? {} : { quantization: model.quantization.method }),
    'tensor-parallel-size': settings.gpus,
    'gpu-memory-utilization': settings.gpuMemoryUtilization,
    'max-model-len': settings.maxModelLen,
    'max-num-seqs': settings.maxNumSeqs,
    'max-num-batched-tokens': settings.maxNumBatchedTokens,
    'enable-prefix-caching': true,
    'enable-chunked-prefill': true,
    // The default aborts what is being answered.
    'shutdown-timeout': drainSeconds,
    ...(traces === undefined ? {} : { 'otlp-traces-endpoint': otlpUrl(traces) }),
    // A misspelt variable must stop the engine, not be ignored.
    'fail-on-environ-validation': true,
  };
}

/** Asked for every few seconds by kubelet and Prometheus. The engine's own option for them is not read beside a logging configuration. */
const UNLOGGED = ['/health', '/metrics'];

const logger = { handlers: ['stdout'], level: 'INFO', propagate: false };

/** Python's logging configuration, of the engine and of the HTTP server in it: one JSON object a line. The image brings the formatter. */
export const loggingConfig = {
  version: 1,
  disable_existing_loggers: false,
  formatters: { json: { class: 'pythonjsonlogger.json.JsonFormatter', format: '%(asctime)s %(levelname)s %(name)s %(message)s' } },
  filters: { probes: { '()': 'vllm.logging_utils.access_log_filter.UvicornAccessLogFilter', excluded_paths: UNLOGGED } },
  handlers: {
    stdout: { filters: ['probes'], class: 'logging.StreamHandler', formatter: 'json', level: 'INFO', stream: 'ext://sys.stdout' },
  },
  loggers: { uvicorn: logger, vllm: logger },
};
