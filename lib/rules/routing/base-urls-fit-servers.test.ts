import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const asks = (model: string, base: string, env: readonly Draft[] = []) =>
  problems('base-urls-fit-servers', ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].env.push(...env);
    get('ConfigMap/web-config').data['config.yaml'] =
      `model_list:\n  - model_name: llama\n    litellm_params:\n      model: ${model}\n      api_base: ${base}\n`;
  });

test('accepts the path of the protocol, and servers that the target does not know', () => {
  expect([
    ...asks('hosted_vllm/llama', 'http://model.llm:8000/v1'),
    ...asks('ollama_chat/llama', 'http://web.app/'),
    ...asks('openai/gpt', 'https://api.example.com/openai'),
  ]).toEqual([]);
});

test('fails for a base URL without the path of its protocol, or with one that it does not have', () => {
  expect([...asks('hosted_vllm/llama', 'http://model.llm:8000'), ...asks('ollama_chat/llama', 'http://web.app/v1')]).toEqual([
    'ConfigMap/web-config: /data/config.yaml has in line 5 "http://model.llm:8000", but hosted_vllm is served below "/v1"',
    'ConfigMap/web-config: /data/config.yaml has in line 5 "http://web.app/v1", but ollama_chat is served below "/"',
  ]);
});

test('fails for a model that an Ollama has not pulled', () => {
  expect(asks('ollama_chat/llama', 'http://web.app', [{ name: 'MODEL_MARK', value: 'tinyllama=tinyllama:1.1b gemma3=gemma3:4b' }])).toEqual(
    ['ConfigMap/web-config: /data/config.yaml has in line 5 "http://web.app", where "llama" is none of the models (tinyllama, gemma3)'],
  );
});
