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

test('fails for a program that asks a gateway for a model that it does not know', () => {
  const told = (...models: readonly string[]) =>
    problems(RULE, (drafts) => {
      withEngine(drafts);
      drafts.get('ConfigMap/web-config').data = { 'config.yaml': list('hosted_vllm/llama') };
      drafts.add({
        ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'gateway', namespace: 'app' } },
        spec: { selector: { 'app.kubernetes.io/name': 'web' }, ports: [{ port: 4000 }] },
      });
      const env = [
        { name: 'LLM_BASE_URL', value: 'http://gateway.app.svc.cluster.local:4000/v1' },
        { name: 'LLM_MODEL', value: models.join(',') },
      ];
      drafts.get('Deployment/web').spec.template.spec.containers.push({ name: 'chat', env });
    });

  expect(told('chat')).toEqual([]);
  expect(told('chat', 'llama')).toEqual([
    'Deployment/web: /spec/template/spec/containers/1/env/1/value is "llama", a model that the gateway at http://gateway.app.svc.cluster.local:4000/v1 does not know (there: chat)',
  ]);
});
