import { records } from '../fields';
import { settings } from '../file-settings';
import { behind } from '../request-hops';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { type Engine, enginesOf, settingOf } from './engines';

/** Options of the pinned vLLM's `serve` that a file may set, as far as a platform has a use for them. */
const OPTIONS = new Set(
  (
    'aggregate-engine-logging allow-credentials allowed-headers allowed-local-media-path allowed-methods allowed-origins api-key ' +
    'api-server-count async-scheduling attention-backend attention-config block-size calculate-kv-scales chat-template ' +
    'chat-template-content-format code-revision collect-detailed-traces compilation-config config-format convert cpu-offload-gb ' +
    'cudagraph-capture-sizes data-parallel-address data-parallel-backend data-parallel-rank data-parallel-rpc-port data-parallel-size ' +
    'data-parallel-size-local data-parallel-start-rank default-chat-template-kwargs disable-access-log-for-endpoints ' +
    'disable-cascade-attn disable-chunked-mm-input disable-custom-all-reduce disable-fastapi-docs disable-frontend-multiprocessing ' +
    'disable-hybrid-kv-cache-manager disable-log-stats disable-log-requests disable-mm-preprocessor-cache disable-sliding-window ' +
    'disable-uvicorn-access-log distributed-executor-backend download-dir dtype enable-auto-tool-choice enable-chunked-prefill ' +
    'enable-dbo enable-eplb enable-expert-parallel enable-force-include-usage enable-log-outputs enable-log-requests enable-lora ' +
    'enable-prefix-caching enable-prompt-embeds enable-prompt-tokens-details enable-request-id-headers enable-server-load-tracking ' +
    'enable-sleep-mode enable-ssl-refresh enable-tokenizer-info-endpoint enforce-eager exclude-tools-when-tool-choice-none ' +
    'fail-on-environ-validation fully-sharded-loras generation-config gpu-memory-utilization guided-decoding-backend h11-max-header-count ' +
    'h11-max-incomplete-event-size headless hf-config-path hf-overrides hf-token host ignore-patterns io-processor-plugin ' +
    'kv-cache-dtype kv-cache-memory-bytes kv-events-config kv-offloading-backend kv-offloading-size kv-transfer-config language-model-only ' +
    'limit-mm-per-prompt load-format log-config-file logits-processors logprobs-mode long-prefill-token-threshold lora-dtype lora-modules ' +
    'mamba-cache-dtype max-cpu-loras max-log-len max-logprobs max-long-partial-prefills max-lora-rank max-loras max-model-len ' +
    'max-num-batched-tokens max-num-partial-prefills max-num-seqs max-parallel-loading-workers max-seq-len-to-capture middleware ' +
    'mm-encoder-tp-mode mm-processor-cache-gb mm-processor-kwargs model model-impl model-loader-extra-config model-tag no-enable-prefix-caching ' +
    'no-enable-chunked-prefill num-gpu-blocks-override otlp-traces-endpoint override-attention-dtype override-generation-config ' +
    'performance-mode pipeline-parallel-size pooler-config port prefill-context-parallel-size prefix-caching-hash-algo pt-load-map-location ' +
    'quantization reasoning-parser response-role return-tokens-as-token-ids revision root-path rope-scaling rope-theta runner ' +
    'safetensors-load-strategy scheduler-cls scheduling-policy seed served-model-name show-hidden-metrics-for-version shutdown-timeout ' +
    'skip-mm-profiling skip-tokenizer-init speculative-config ssl-ca-certs ssl-cert-reqs ssl-certfile ssl-keyfile stream-interval swap-space ' +
    'structured-outputs-config task tensor-parallel-size decode-context-parallel-size tokenizer tokenizer-mode tokenizer-revision ' +
    'tool-call-parser tool-parser-plugin tool-server trust-remote-code trust-request-chat-template use-tqdm-on-load uvicorn-log-level ' +
    'video-pruning-rate worker-cls worker-extension-cls'
  ).split(' '),
);

type Limit = readonly [option: string, allowed: (value: string, engine: Engine) => boolean, what: string];

/** Values that vLLM takes, and with which it does not serve as it should. */
const LIMITS: readonly Limit[] = [
  ['host', (value) => !/^(?:127\.|localhost|::1)/.test(value), 'nobody but the pod itself reaches it'],
  [
    'port',
    (value, { container }) => records(container.spec.ports).some(({ containerPort }) => `${containerPort}` === value),
    'its container does not declare that port',
  ],
  ['trust-remote-code', (value) => value !== 'true', 'whoever wrote the model runs code beside its key'],
  ['enable-log-requests', (value) => value !== 'true', 'prompts go to its log'],
  ['enable-log-outputs', (value) => value !== 'true', 'answers go to its log'],
  ['uvicorn-log-level', (value) => !/^(?:debug|trace)$/.test(value), 'keys of its callers go to its log'],
  ['enforce-eager', (value) => value !== 'true', 'each token takes longer than the plan of its GPUs says'],
  ['dtype', (value) => !/^(?:float32|float)$/.test(value), 'weights take twice the memory that is planned'],
  [
    'gpu-memory-utilization',
    (value) => Number(value) >= 0.5 && Number(value) <= 0.97,
    'it is a share of a GPU from 0.5 to 0.97, as the driver needs some and the rest lies idle',
  ],
  [
    'quantization',
    (value, { file }) => !/-(?:awq|gptq)\b/i.test(file.text) || new RegExp(`-${value.split('_')[0]}\\b`, 'i').test(file.text),
    'its model is quantized otherwise',
  ],
];

/** How the name of a model says that its weights are quantized. */
const QUANTIZED = /^model: \S*-(awq|gptq)\b/im;

const OPTION = /^([a-z][\w-]*):/gm;

export const enginesAreConfigured: Rule = {
  id: 'engines-are-configured',
  title: 'The file of an engine sets options that vLLM has, to figures that fit each other and what LiteLLM tells of the model.',
  why: 'vLLM ends at once for an option that it does not have or a batch too small for its requests, and the release waits until its deadline; a context that LiteLLM promises and the engine does not have is refused to users.',
  fix: 'Take the file from lib/llm/engine-config.ts, whose values are checked against the model; the options are those of `vllm serve --help`.',
  *check(target) {
    const lengths = lengthsOf(target);
    for (const engine of enginesOf(target)) {
      const { object, field } = engine.file;
      for (const message of faults(engine)) yield { object, field, message };
      const own = numberOf(engine, 'max-model-len');
      const told = lengths.get(engine.workload.object);
      if (told === undefined || own === undefined || told === own) continue;
      const message = `sets max-model-len to ${own}, but LiteLLM tells users of ${told} tokens (max_tokens)`;
      yield { object, field, message };
    }
  },
};

function* faults(engine: Engine): Iterable<string> {
  for (const [, option = ''] of engine.file.text.matchAll(OPTION)) {
    if (!OPTIONS.has(option.replaceAll('_', '-'))) yield `sets "${option}", an option that vLLM does not have`;
  }
  for (const [option, allowed, what] of LIMITS) {
    const value = settingOf(engine, option)?.value;
    if (value !== undefined && !allowed(value, engine)) yield `sets ${option} to ${value}: ${what}`;
  }
  const [length, requests, batch] = ['max-model-len', 'max-num-seqs', 'max-num-batched-tokens'].map((name) => numberOf(engine, name));
  const [, quantized] = QUANTIZED.exec(engine.file.text) ?? [];
  if (quantized !== undefined && settingOf(engine, 'quantization') === undefined)
    yield `says nothing of quantization, and its model is ${quantized}`;
  if (batch !== undefined && requests !== undefined && batch < requests)
    yield `sets max-num-batched-tokens to ${batch}, less than the ${requests} requests of max-num-seqs`;
  if (batch !== undefined && length !== undefined && batch < length && settingOf(engine, 'enable-chunked-prefill')?.value === 'false')
    yield `sets max-num-batched-tokens to ${batch}, less than max-model-len (${length}), and prompts are not cut into chunks`;
}

function numberOf(engine: Engine, name: string): number | undefined {
  const value = settingOf(engine, name)?.value;
  return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
}

/** Tokens that LiteLLM tells users of, by the server behind its only model. Several models in one file are not told apart. */
function lengthsOf(target: TargetIndex): ReadonlyMap<object, number> {
  const lengths = new Map<object, number>();
  for (const client of target.modelClients) {
    const told = settings(client.file.text, 'max_tokens');
    const [server, ...others] = behind(client, target);
    if (told.length === 1 && server !== undefined && others.length === 0) lengths.set(server.workload.object, Number(told[0]?.value));
  }
  return lengths;
}
