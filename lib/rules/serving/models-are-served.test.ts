import { problems } from '../testing/problems';
import { withEngine } from '../testing/sample-engine';

const RULE = 'models-are-served';
const UNSERVED = 'asks for "llama-3", which no engine serves (there: llama)';

const asking = (file: string, text: string) =>
  problems(RULE, (drafts) => {
    withEngine(drafts);
    drafts.get('ConfigMap/web-config').data = { [file]: text };
  });
const list = (model: string) =>
  `model_list:\n  - model_name: chat\n    litellm_params:\n      model: ${model}\n      api_base: http://model.llm/v1\n`;

test('accepts a gateway and a payload that ask for what is served', () => {
  expect(asking('config.yaml', list('hosted_vllm/llama'))).toEqual([]);
  expect(asking('load.json', '{"model":"llama"}')).toEqual([]);
});

test('fails for a gateway that asks for another name', () => {
  expect(asking('config.yaml', list('hosted_vllm/llama-3'))).toEqual([`ConfigMap/web-config: /data/config.yaml ${UNSERVED}`]);
});

test('fails for a payload that asks for another name', () => {
  expect(asking('load.json', '{"model": "llama-3"}')).toEqual([`ConfigMap/web-config: /data/load.json ${UNSERVED}`]);
});

test('leaves models of others alone', () => {
  expect(asking('config.yaml', list('ollama_chat/gemma'))).toEqual([]);
});
