import { App } from 'cdk8s';
import { parse } from 'yaml';

import { eks } from '../environments/platforms';
import { AppChart } from '../kubernetes/app-chart';
import type { Manifest } from '../kubernetes/manifest';
import type { ServedModel } from '../models/served-model';
import { requestTimeouts } from '../routing/request-timeouts';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { LiteLlmChart, type LiteLlmChartProps } from './litellm-chart';
import type { LiteLlmSettings } from './litellm-settings';

const settings: LiteLlmSettings = {
  scale: { kind: 'fixed', replicas: 1 },
  size: 'low',
  database: { instances: 1, sizeGiB: 10 },
  cache: { replicas: 0, sizeGiB: 2 },
};
const llama: ServedModel = {
  servedName: 'llama-2-70b-chat',
  engine: 'vllm',
  endpoint: {
    ...{ name: 'kong-internal', namespace: 'edge', pods: { 'slipway.dev/workload': 'kong-internal' } },
    ...{ host: 'llm-service.edge.svc.cluster.local', port: 80, podPort: 8000 },
  },
  timeouts: requestTimeouts(600),
  storedApiKey: 'llm-api-key',
  maxModelLen: 4096,
};
const gemma: ServedModel = {
  servedName: 'gemma3',
  engine: 'ollama',
  endpoint: {
    ...{ name: 'ollama', namespace: 'llm', pods: { 'slipway.dev/workload': 'ollama' } },
    ...{ host: 'ollama.llm.svc.cluster.local', port: 11434, podPort: 11434 },
  },
  timeouts: requestTimeouts(300),
};

function synth(change: Partial<LiteLlmSettings> = {}, models: LiteLlmChartProps['models'] = [llama]): readonly Manifest[] {
  const app = new App();
  const edge = new AppChart(app, 'edge', 'edge');
  const proxies = { name: 'kong', namespace: 'edge', pods: { 'slipway.dev/workload': 'kong' }, scope: edge };
  const pool = { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };

  return new LiteLlmChart(app, 'litellm', {
    settings: { ...settings, ...change },
    models,
    gateway: { name: 'public', namespace: 'edge', listeners: ['https'], hosts: ['api.example.com'], proxies },
    requestsPerMinute: 100,
    images: {
      litellm: 'example.com/litellm:v1',
      postgresql: 'example.com/postgresql:15',
      redis: 'example.com/redis:7',
      redisExporter: 'example.com/redis-exporter:1',
    },
    store: secretStore(eks),
    placement: { pool, imagePullSecrets: [] },
  }).synthesize().manifests;
}

const config = (manifests: readonly Manifest[]) => parse(find(manifests, 'ConfigMap', 'litellm-config').data['config.yaml']);
const pod = (manifests: readonly Manifest[]) => find(manifests, 'Deployment', 'litellm').spec.template.spec;
const policies = (manifests: readonly Manifest[]) =>
  manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name);

test('offers a vLLM model under the name that clients ask for, through the host that weighs its versions', () => {
  expect(config(synth()).model_list).toEqual([
    {
      model_name: 'llama-2-70b-chat',
      litellm_params: {
        model: 'hosted_vllm/llama-2-70b-chat',
        api_base: 'http://llm-service.edge.svc.cluster.local/v1',
        api_key: 'os.environ/LLM_API_KEY',
        timeout: 620,
      },
      model_info: { mode: 'chat', input_cost_per_token: 0, output_cost_per_token: 0, max_tokens: 4096 },
    },
  ]);
});

test('offers an Ollama model by its chat API and without a key', () => {
  const [model] = config(synth({}, [gemma])).model_list;

  expect(model.litellm_params).toEqual({
    model: 'ollama_chat/gemma3',
    api_base: 'http://ollama.llm.svc.cluster.local:11434',
    timeout: 320,
  });
});

test('charges what a model costs by the token', () => {
  const [model] = config(synth({}, [{ ...llama, price: { input: 0.5, output: 1.5 } }])).model_list;

  expect(model.model_info).toMatchObject({ input_cost_per_token: 5e-7, output_cost_per_token: 1.5e-6 });
});

test('starts without models, on the day a cluster is created', () => {
  const manifests = synth({}, []);

  expect(config(manifests).model_list).toEqual([]);
  expect(pod(manifests).terminationGracePeriodSeconds).toBe(100);
});

test('writes no secret: whatever is one comes from the environment', () => {
  const { general_settings: general, router_settings: router, litellm_settings: library } = config(synth());

  expect([general.master_key, general.database_url, router.redis_password, library.cache_params.password]).toEqual([
    'os.environ/LITELLM_MASTER_KEY',
    'os.environ/DATABASE_URL',
    'os.environ/REDIS_PASSWORD',
    'os.environ/REDIS_PASSWORD',
  ]);
});

test('gives every variable that the configuration reads to the pods', () => {
  const manifests = synth();
  const read = [...find(manifests, 'ConfigMap', 'litellm-config').data['config.yaml'].matchAll(/os\.environ\/(\w+)/g)].map(
    ([, name]) => name,
  );
  const given = pod(manifests).containers[0].env.map(({ name }: { name: string }) => name);

  expect(given).toEqual(expect.arrayContaining([...new Set(read)]));
});

test('composes the database URL of the delivered password', () => {
  const secret = find(synth(), 'ExternalSecret', 'litellm-secrets');

  expect(secret.spec.target.template.data).toEqual({
    LITELLM_MASTER_KEY: '{{ .LITELLM_MASTER_KEY }}',
    LITELLM_SALT_KEY: '{{ .LITELLM_SALT_KEY }}',
    LLM_API_KEY: '{{ .LLM_API_KEY }}',
    DATABASE_URL:
      'postgresql://litellm:{{ .databasePassword | urlquery }}@postgresql-rw.litellm.svc.cluster.local:5432/litellm?sslmode=require',
  });
});

test('waits longer than the engine and shorter than the gateway, and finishes what it has begun', () => {
  const manifests = synth({}, [gemma, llama]);

  expect(config(manifests).litellm_settings.request_timeout).toBe(620);
  expect(find(manifests, 'Service', 'litellm-service').metadata.annotations).toMatchObject({ 'konghq.com/read-timeout': '630000' });
  expect(pod(manifests).terminationGracePeriodSeconds).toBeGreaterThan(620);
});

test('does not repeat a request that timed out, since it would occupy a GPU twice', () => {
  const { num_retries, retry_policy } = config(synth()).router_settings;

  expect([num_retries, retry_policy]).toEqual([1, { TimeoutErrorRetries: 0 }]);
});

test('grants the pods of a rolling update no more connections than the database has', () => {
  const manifests = synth({ scale: { kind: 'auto', min: 3, max: 10 }, size: 'high' });
  const [role] = find(manifests, 'Cluster', 'postgresql').spec.managed.roles;

  expect(role.connectionLimit).toBeGreaterThanOrEqual(11 * config(manifests).general_settings.database_connection_pool_limit);
});

test('leaves migrations to one Job, which Argo CD runs between the database and the pods', () => {
  const manifests = synth();
  const job = find(manifests, 'Job', 'litellm-migration');
  const variables = (container: { env: { name: string; value?: string }[] }) =>
    Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

  expect(variables(pod(manifests).containers[0])['DISABLE_SCHEMA_UPDATE']).toBe('true');
  expect(variables(job.spec.template.spec.containers[0])['DISABLE_SCHEMA_UPDATE']).toBe('false');
  expect(job.spec.template.spec.containers[0].image).toBe(pod(manifests).containers[0].image);
  expect(job.metadata.annotations).toMatchObject({
    'argocd.argoproj.io/hook': 'Sync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': '-1',
  });
});

test('migrates only once the database lets it in', () => {
  const [wait] = find(synth(), 'Job', 'litellm-migration').spec.template.spec.initContainers;

  expect(wait.image).toBe('example.com/postgresql:15');
  expect(wait.env).toContainEqual({ name: 'PGHOST', value: 'postgresql-rw.litellm.svc.cluster.local' });
});

test('is probed where no model is asked', () => {
  const [{ startupProbe, livenessProbe, readinessProbe }] = pod(synth()).containers;

  expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
    '/health/liveliness',
    '/health/liveliness',
    '/health/readiness',
  ]);
});

test('hands metrics to Prometheus on a port of their own, and asks for a key on the one that users reach', () => {
  const manifests = synth();

  expect(config(manifests).litellm_settings).toMatchObject({ callbacks: ['prometheus'], require_auth_for_metrics_endpoint: true });
  expect(find(manifests, 'ServiceMonitor', 'litellm').spec.endpoints).toEqual([{ port: 'metrics', path: '/metrics', interval: '30s' }]);
  expect(find(manifests, 'NetworkPolicy', 'litellm-from-prometheus').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 4001 }]);
  expect(find(manifests, 'NetworkPolicy', 'litellm-from-kong').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 4000 }]);
});

test('may call its models, its database and its cache, and nothing else', () => {
  expect(policies(synth({}, [llama, gemma])).filter((name) => name.startsWith('litellm-to-'))).toEqual([
    'litellm-to-postgresql',
    'litellm-to-redis',
    'litellm-to-kong-internal',
    'litellm-to-ollama',
  ]);
});

test('opens its way once to models that share an endpoint', () => {
  const manifests = synth({}, [gemma, { ...gemma, servedName: 'tinyllama' }]);

  expect(policies(manifests).filter((name) => name === 'litellm-to-ollama')).toHaveLength(1);
});

test('publishes the API, and no console unless a path was chosen for it', () => {
  const manifests = synth();
  const paths = find(manifests, 'HTTPRoute', 'litellm-api').spec.rules.flatMap(({ matches }: { matches: { path: { value: string } }[] }) =>
    matches.map(({ path }) => path.value),
  );

  expect(paths).toEqual(['/v1', '/v1/generate']);
  expect(pod(manifests).containers[0].env).toContainEqual({ name: 'DISABLE_ADMIN_UI', value: 'True' });
});

test('answers the path by which completions were first asked for', () => {
  const { rules } = find(synth(), 'HTTPRoute', 'litellm-api').spec;

  expect(rules.at(-1)).toMatchObject({
    matches: [{ path: { value: '/v1/generate' } }],
    filters: [{ type: 'URLRewrite', urlRewrite: { path: { replacePrefixMatch: '/v1/completions' } } }],
    backendRefs: [{ name: 'litellm-service', port: 4000 }],
  });
});

test('publishes the console under its path, and tells the proxy so', () => {
  const manifests = synth({ consolePath: '/litellm' });
  const [proxy] = pod(manifests).containers;
  const paths = find(manifests, 'HTTPRoute', 'litellm-api').spec.rules.flatMap(({ matches }: { matches: { path: { value: string } }[] }) =>
    matches.map(({ path }) => path.value),
  );

  expect(paths).toEqual(['/v1', '/litellm', '/v1/generate']);
  expect(proxy.env).toContainEqual({ name: 'SERVER_ROOT_PATH', value: '/litellm' });
  expect(proxy.volumeMounts).toContainEqual({ name: 'var-lib-litellm-console', mountPath: '/var/lib/litellm-console' });
});

test('replaces its pods when the models change', () => {
  const checksum = (models: readonly ServedModel[]) =>
    find(synth({}, models), 'Deployment', 'litellm').spec.template.metadata.annotations['slipway.dev/configuration'];

  expect(checksum([llama])).not.toBe(checksum([llama, gemma]));
  expect(checksum([llama])).toBe(checksum([llama]));
});
