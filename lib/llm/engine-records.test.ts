import { queryOf } from '../rules/promql/query';
import { find, synth } from '../testing/manifests';
import { EngineRecords } from './engine-records';

const rules = find(
  synth((chart) => new EngineRecords(chart, 'records', { servedName: 'llama' })),
  'PrometheusRule',
  'records',
).spec.groups[0].rules as { record: string; expr: string }[];
const exprOf = (name: string): string => rules.find(({ record }) => record === name)?.expr ?? '';

test.each([
  ['llm_requests_total', 'vllm:request_success_total'],
  ['llm_request_duration_seconds_bucket', 'vllm:e2e_request_latency_seconds_bucket'],
  ['llm_tokens_generated_total', 'vllm:generation_tokens_total'],
  ['llm_model_load_duration_seconds', 'vllm:num_requests_running'],
])('records %s from %s', (name, metric) => {
  const { error, selectors } = queryOf(exprOf(name));

  expect(error).toBeUndefined();
  expect(selectors.map((selector) => selector.metric)).toContain(metric);
});

test('calls how a request ended its status', () => {
  expect(exprOf('llm_requests_total')).toContain('"status", "$1", "finished_reason"');
});

test('keeps pods apart, whose counters begin anew when they do', () => {
  for (const name of ['llm_requests_total', 'llm_tokens_generated_total']) expect(exprOf(name)).toContain('namespace, pod');
});
