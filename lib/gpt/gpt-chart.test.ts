import { App } from 'cdk8s';

import { microk8s } from '../environments/platforms';
import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import type { Manifest } from '../kubernetes/manifest';
import type { ServedModel } from '../models/served-model';
import { requestTimeouts } from '../routing/request-timeouts';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { GptChart } from './gpt-chart';
import type { GptSettings } from './gpt-settings';

const timeouts = requestTimeouts(600);
const settings: GptSettings = {
  ...{ replicas: 1, size: 'low', model: 'gemma3', requestsPerMinute: 600 },
  ...{ database: { members: 1, sizeGiB: 10 }, cache: { replicas: 0, sizeGiB: 2 } },
};

interface Charts {
  readonly gpt: readonly Manifest[];
  readonly llm: readonly Manifest[];
  readonly litellm: readonly Manifest[];
  readonly edge: readonly Manifest[];
}

function charts(change: Partial<GptSettings> = {}, engine: ServedModel['engine'] | 'none' = 'ollama'): Charts {
  const app = new App();
  const chartOf = (name: string) => new AppChart(app, name, name);
  const [edge, llm, litellm] = [chartOf('edge'), chartOf('llm'), chartOf('litellm')];
  const endpoint = (name: string, scope: AppChart, port: number, service = name): Endpoint => ({
    ...{ name, namespace: scope.namespace, pods: stablePods(name), scope },
    ...{ host: serviceHost(service, scope.namespace), port, podPort: port },
  });
  const server = engine === 'ollama' ? endpoint('ollama', llm, 11434) : endpoint('llm-service', edge, 80);
  const names = engine === 'none' ? [] : ['tinyllama', 'gemma3', 'llama-2-70b-chat'];
  const models = names.map((servedName) => ({ servedName, engine, endpoint: server, timeouts }) as ServedModel);
  const pool = { instanceType: 'workstation', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };
  const image = (name: string) => `example.com/${name}:v1`;

  const gpt = new GptChart(app, 'gpt', {
    settings: { ...settings, ...change },
    models,
    litellm: { endpoint: endpoint('litellm', litellm, 4000, 'litellm-service'), timeouts },
    gateway: {
      ...{ name: 'public', namespace: 'edge', listeners: ['chat.local.test'], hosts: ['chat.local.test'] },
      proxies: { name: 'kong', namespace: 'edge', pods: stablePods('kong'), scope: edge },
    },
    images: {
      ...{ 'admin-service': image('admin-service'), 'auth-service': image('auth-service'), 'chat-service': image('chat-service') },
      ...{ mongodb: image('mongo'), exporter: image('exporter'), redis: image('redis'), redisExporter: image('redis-exporter') },
    },
    store: secretStore(microk8s),
    placement: { pool, imagePullSecrets: ['acr-secret'] },
  });
  const [own, ...others] = [gpt, llm, litellm, edge].map((chart) => chart.synthesize().manifests) as [Manifest[], ...Manifest[][]];
  return { gpt: own, llm: others[0] ?? [], litellm: others[1] ?? [], edge: others[2] ?? [] };
}

const synth = (...args: Parameters<typeof charts>): readonly Manifest[] => charts(...args).gpt;
const policies = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ kind, metadata }) => (kind === 'NetworkPolicy' ? [metadata.name] : [])).sort();

type Variable = { readonly name: string; readonly value?: string; readonly valueFrom?: { secretKeyRef: { name: string; key: string } } };
const variables = (service: string, ...args: Parameters<typeof charts>): Record<string, unknown> => {
  const { env } = find(synth(...args), 'Deployment', service).spec.template.spec.containers[0];
  return Object.fromEntries((env as Variable[]).map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef]));
};

const SERVICES = [
  ['admin-service', 8004],
  ['auth-service', 8002],
  ['chat-service', 8003],
] as const;

test.each(SERVICES)('serves %s on port %i by Uvicorn, from as many pods as decided', (name, port) => {
  const manifests = synth({ replicas: 3 });
  const { replicas, template } = find(manifests, 'Deployment', name).spec;

  expect(find(manifests, 'Service', name).spec.ports).toEqual([{ name: 'http', port, targetPort: 'http' }]);
  expect(replicas).toBe(3);
  expect(template.spec.containers[0]).toMatchObject({
    image: `example.com/${name}:v1`,
    command: ['uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', `${port}`],
  });
});

test.each(SERVICES)('keeps no logs of %s: they are what it prints', (name) => {
  const { volumes } = find(synth(), 'Deployment', name).spec.template.spec;

  expect(volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
});

test('asks Ollama itself for the model that was chosen, as long as it may take', () => {
  expect(variables('chat-service')).toMatchObject({
    LLM_BASE_URL: 'http://ollama.llm.svc.cluster.local:11434/v1',
    LLM_MODEL: 'gemma3',
    LLM_TIMEOUT_SECONDS: '620',
  });
  expect(variables('chat-service')).not.toHaveProperty('LLM_API_KEY');
});

test('asks LiteLLM, with a key, where the model is on GPUs', () => {
  const args = [{ model: 'llama-2-70b-chat-awq' }, 'vllm'] as const;

  expect(variables('chat-service', ...args)).toMatchObject({
    LLM_BASE_URL: 'http://litellm-service.litellm.svc.cluster.local:4000/v1',
    LLM_MODEL: 'llama-2-70b-chat',
    LLM_API_KEY: { name: 'chat-service-secrets', key: 'LLM_API_KEY' },
    LLM_TIMEOUT_SECONDS: '630',
  });
  expect(policies(charts(...args).litellm)).toEqual(['litellm-from-chat-service']);
});

test('asks for the first model that is served where none is chosen', () => {
  expect(variables('chat-service', { model: undefined as never })).toMatchObject({ LLM_MODEL: 'tinyllama' });
});

test('asks LiteLLM, which says that there is none, before a model is served', () => {
  const chat = variables('chat-service', { model: undefined as never }, 'none');

  expect(chat).toMatchObject({ LLM_BASE_URL: 'http://litellm-service.litellm.svc.cluster.local:4000/v1' });
  expect(chat).not.toHaveProperty('LLM_MODEL');
});

test('fails for a model that the target does not serve', () => {
  expect(() => synth({ model: 'llama-3.1-8b-instruct' })).toThrow(
    'Cannot chat with "llama-3.1-8b-instruct" as the target serves tinyllama, gemma3, llama-2-70b-chat: name one of these in gpt.model, or serve it',
  );
});

test('opens the way from Kong over the chat to Ollama and MongoDB, that of logging in, and no other', () => {
  const { gpt, llm, edge } = charts();

  expect(policies(gpt).filter((name) => !name.startsWith('mongodb-metrics') && !name.includes('set-up'))).toEqual([
    'auth-service-to-mongodb',
    'chat-service-from-kong',
    'chat-service-to-mongodb',
    'chat-service-to-ollama',
    'gpt-auth-service-from-kong',
    'gpt-redis-from-kong',
    'gpt-redis-metrics-from-prometheus',
    'mongodb-from-auth-service',
    'mongodb-from-chat-service',
  ]);
  expect(policies(llm)).toEqual(['ollama-from-chat-service']);
  expect(policies(edge)).toEqual(['kong-to-chat-service', 'kong-to-gpt-auth-service', 'kong-to-gpt-redis']);
});

test('wants a token for the chat, and none from who signs in', () => {
  const manifests = synth();
  const [chat, signIn] = ['chat', 'sign-in'].map((name) => find(manifests, 'HTTPRoute', name));
  const pathOf = (route: Manifest | undefined) => route?.spec.rules[0].matches[0].path.value;
  const pluginsOf = (route: Manifest | undefined) => route?.metadata.annotations?.['konghq.com/plugins'];

  expect([pathOf(chat), pluginsOf(chat)]).toEqual(['/', 'chat-users,gpt-rate-limit,chat-request-size']);
  expect([pathOf(signIn), pluginsOf(signIn)]).toEqual(['/auth', 'gpt-rate-limit,sign-in-request-size']);
});

test('signs tokens with what the gateway checks them by', () => {
  const manifests = synth();
  const storedIn = (secret: string): string[] =>
    find(manifests, 'ExternalSecret', secret).spec.data.map(({ remoteRef }: { remoteRef: { property: string } }) => remoteRef.property);

  expect(storedIn('auth-service-secrets')).toContain('gpt-jwt-secret');
  expect(storedIn('chat-users')).toEqual(['gpt-jwt-secret']);
  expect(storedIn('chat-service-secrets')).not.toContain('gpt-jwt-secret');
  expect(variables('auth-service')).toMatchObject({ JWT_ISSUER: 'gpt-auth-service', JWT_ALGORITHM: 'HS256' });
  expect(find(manifests, 'ExternalSecret', 'chat-users').spec.target.template.data).toMatchObject({ key: 'gpt-auth-service' });
});

test('limits each address: all tokens are of one issuer', () => {
  expect(find(synth(), 'KongPlugin', 'gpt-rate-limit').config).toMatchObject({ minute: 600, limit_by: 'ip' });
});

test('gives chat and accounts databases of their own', () => {
  const urlOf = (service: string): string => find(synth(), 'ExternalSecret', `${service}-secrets`).spec.target.template.data['MONGODB_URL'];

  expect(urlOf('chat-service')).toContain('/chat?replicaSet=mongodb&authSource=chat');
  expect(urlOf('auth-service')).toContain('/auth?replicaSet=mongodb&authSource=auth');
});

test('has every hop wait longer than the one behind it', () => {
  const { metadata } = find(synth(), 'Service', 'chat-service');

  expect(metadata.annotations).toMatchObject({ 'konghq.com/read-timeout': '630000', 'konghq.com/retries': '0' });
  expect(find(synth(), 'HTTPRoute', 'chat').spec.rules[0].timeouts).toEqual({ backendRequest: '630s' });
});
