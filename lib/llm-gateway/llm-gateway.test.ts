import { parse } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import { requestTimeouts } from '../routing/request-timeouts';
import { find, synth } from '../testing/manifests';
import type { HostedModel } from './hosted-model';
import { LlmGateway, type LlmGatewayProps } from './llm-gateway';

const gpt4: HostedModel = { servedName: 'gpt-4', model: 'openai/gpt-4', keyVariable: 'OPENAI_API_KEY', timeouts: requestTimeouts(600) };
const pool = { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };

const synthesize = (change: Partial<LlmGatewayProps> = {}): readonly Manifest[] =>
  synth(
    (chart) =>
      new LlmGateway(chart, 'proxy', {
        ...{ namespace: 'test', image: 'example.com/litellm:v1', size: 'low', models: [], hosted: [gpt4] },
        scale: { kind: 'fixed', replicas: 1 },
        placement: { pool, imagePullSecrets: [] },
        secrets: { LITELLM_MASTER_KEY: { secret: 'keys', key: 'master' }, OPENAI_API_KEY: { secret: 'keys', key: 'openai' } },
        ...change,
      }),
  );

const configOf = (manifests: readonly Manifest[]) => parse(find(manifests, 'ConfigMap', 'proxy-config').data['config.yaml']);
const policies = (manifests: readonly Manifest[]) =>
  manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name);

test('offers a model of a provider with the key that the environment holds', () => {
  expect(configOf(synthesize()).model_list).toEqual([
    {
      model_name: 'gpt-4',
      litellm_params: { model: 'openai/gpt-4', api_key: 'os.environ/OPENAI_API_KEY', timeout: 620 },
      model_info: { mode: 'chat' },
    },
  ]);
});

test('is let out to the internet for models of providers, and not without them', () => {
  expect(policies(synthesize())).toEqual(['proxy-to-internet', 'proxy-from-prometheus']);
  expect(policies(synthesize({ hosted: [] }))).toEqual(['proxy-from-prometheus']);
});

test('needs neither database nor cache, and names none of their variables then', () => {
  const manifests = synthesize();
  const env = find(manifests, 'Deployment', 'proxy').spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name);

  expect(configOf(manifests).general_settings).toEqual({ master_key: 'os.environ/LITELLM_MASTER_KEY', store_model_in_db: false });
  expect(configOf(manifests).litellm_settings).not.toHaveProperty('cache');
  expect(configOf(manifests).router_settings).not.toHaveProperty('redis_host');
  expect(env).not.toContain('REDIS_PASSWORD');
});
