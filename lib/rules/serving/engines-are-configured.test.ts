import { problems } from '../testing/problems';
import { withEngine } from '../testing/sample-engine';

const engine = (settings: Readonly<Record<string, string>>) =>
  problems('engines-are-configured', (drafts) => withEngine(drafts, settings)).map((text) =>
    text.replace('ConfigMap/model-config: /data/config.yaml ', ''),
  );

test('accepts options that vLLM has and figures that fit', () => {
  expect(engine({ 'max-model-len': '4096', 'max-num-seqs': '256', 'max-num-batched-tokens': '4096' })).toEqual([]);
});

test('fails for an option that vLLM does not have', () => {
  expect(engine({ 'max-num-sequences': '256' })).toEqual(['sets "max-num-sequences", an option that vLLM does not have']);
});

test.each([
  ['host', '127.0.0.1', 'nobody but the pod itself reaches it'],
  ['port', '9000', 'its container does not declare that port'],
  ['trust-remote-code', 'true', 'whoever wrote the model runs code beside its key'],
  ['enable-log-requests', 'true', 'prompts go to its log'],
  ['uvicorn-log-level', 'debug', 'keys of its callers go to its log'],
  ['enforce-eager', 'true', 'each token takes longer'],
  ['dtype', 'float32', 'weights take twice the memory'],
  ['gpu-memory-utilization', '1.0', 'it is a share of a GPU from 0.5 to 0.97'],
])('fails for %s: %s', (option, value, what) => {
  expect(engine({ [option]: value })).toEqual([expect.stringContaining(`sets ${option} to ${value}: ${what}`)]);
});

test('fails for a model that is quantized otherwise', () => {
  const model = '/models/llama-awq/7f3a9c';

  expect(engine({ model, quantization: 'awq_marlin' })).toEqual([]);
  expect(engine({ model, quantization: 'gptq' })).toEqual(['sets quantization to gptq: its model is quantized otherwise']);
  expect(engine({ model })).toEqual(['says nothing of quantization, and its model is awq']);
});

test('fails for a batch that is smaller than its requests, or than a prompt that is not cut', () => {
  expect(engine({ 'max-num-seqs': '256', 'max-num-batched-tokens': '128' })).toEqual([
    'sets max-num-batched-tokens to 128, less than the 256 requests of max-num-seqs',
  ]);
  expect(engine({ 'max-model-len': '8192', 'max-num-batched-tokens': '4096', 'enable-chunked-prefill': 'false' })).toEqual([
    'sets max-num-batched-tokens to 4096, less than max-model-len (8192), and prompts are not cut into chunks',
  ]);
});
