import { App } from 'cdk8s';
import { parse } from 'yaml';

import { environments } from '../environments';
import { eks, microk8s } from '../environments/platforms';
import { AppChart } from '../kubernetes/app-chart';
import { stablePods } from '../kubernetes/labels';
import type { Manifest } from '../kubernetes/manifest';
import type { ServedModel } from '../models/served-model';
import { requestTimeouts } from '../routing/request-timeouts';
import { quantity } from '../rules/quantity';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { CodeLabChart } from './codelab-chart';
import type { CodeLabSettings } from './codelab-settings';

const settingsOf = (environment: string): CodeLabSettings => {
  const found = environments.find(({ name }) => name === environment)?.targets.find(({ codelab }) => codelab !== undefined)?.codelab;
  if (found === undefined) throw new Error(`Cannot test "${environment}" as it has no CodeLab: name one that does`);
  return found;
};
const production = settingsOf('prod');

const llama: ServedModel = {
  servedName: 'llama-2-70b-chat',
  engine: 'vllm',
  endpoint: {
    ...{ name: 'llm-service', namespace: 'edge', pods: { 'slipway.dev/workload': 'kong-internal' } },
    ...{ host: 'llm-service.edge.svc.cluster.local', port: 80, podPort: 8000 },
  },
  timeouts: requestTimeouts(600),
  storedApiKey: 'llm-api-key',
};

function charts(settings = production, models: readonly ServedModel[] = [], platform = eks, recommendSizes = false) {
  const app = new App();
  const edge = new AppChart(app, 'edge', 'edge');
  const host = 'codelab.example.com';
  const proxies = { name: 'kong', namespace: 'edge', pods: stablePods('kong'), scope: edge };
  const pool = { instanceType: 'c5.4xlarge', minNodes: 3, maxNodes: 3, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };

  const counters = {
    ...{ name: 'counters', namespace: 'litellm', pods: stablePods('counters') },
    ...{ host: 'counters.litellm.svc.cluster.local', port: 6379, podPort: 6379 },
  };

  const codelab = new CodeLabChart(app, 'codelab', {
    settings,
    models,
    gateway: { name: 'public', namespace: 'edge', listeners: [host], hosts: [host], proxies },
    platform,
    images: {
      ...{ gateway: 'example.com/gateway:v1', agentRuntime: 'example.com/agent-runtime:v1', authService: 'example.com/auth-service:v1' },
      ...{
        litellm: 'example.com/litellm:v1',
        postgresql: 'example.com/pg:15',
        redis: 'example.com/redis:7',
        redisExporter: 'example.com/redis-exporter:1',
      },
    },
    store: secretStore(platform),
    placement: { pool, imagePullSecrets: [] },
    counters: { counters, password: 'counters-password' },
    recommendSizes,
  });
  return { codelab: codelab.synthesize().manifests, edge: edge.synthesize().manifests };
}

const synth = (...args: Parameters<typeof charts>): readonly Manifest[] => charts(...args).codelab;
const podOf = (name: string, ...args: Parameters<typeof charts>) => find(synth(...args), 'Deployment', name).spec.template.spec;
const containerOf = (name: string, ...args: Parameters<typeof charts>) => podOf(name, ...args).containers[0];

type Variable = { readonly name: string; readonly value?: string; readonly valueFrom?: { secretKeyRef: { name: string; key: string } } };
const variables = (name: string): Record<string, unknown> =>
  Object.fromEntries(containerOf(name).env.map((each: Variable) => [each.name, each.value ?? each.valueFrom?.secretKeyRef]));

const SERVICES = ['gateway', 'agent-runtime', 'auth-service', 'llm-proxy'];

test.each([
  ['gateway', 8000, 3, 10, { cpu: 70, memory: 80 }],
  ['agent-runtime', 8001, 3, 20, { cpu: 70, memory: 80 }],
  ['auth-service', 8003, 2, 5, { cpu: 70 }],
  ['llm-proxy', 4000, 2, 5, { cpu: 80 }],
])('runs %s on port %i, %i to %i times by what replicas use', (name, port, min, max, utilization) => {
  const manifests = synth();
  const { minReplicas, maxReplicas, metrics } = find(manifests, 'HorizontalPodAutoscaler', name).spec;

  expect(find(manifests, 'Service', name).spec.ports[0]).toMatchObject({ port, targetPort: 'http' });
  expect([minReplicas, maxReplicas]).toEqual([min, max]);
  expect(
    Object.fromEntries(
      metrics.map(({ resource }: { resource: { name: string; target: { averageUtilization: number } } }) => [
        resource.name,
        resource.target.averageUtilization,
      ]),
    ),
  ).toEqual(utilization);
  expect(find(manifests, 'PodDisruptionBudget', name).spec.maxUnavailable).toBe(1);
});

test('gives an agent twice what the services around it get', () => {
  const small = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } };

  for (const name of ['gateway', 'auth-service', 'llm-proxy']) expect(containerOf(name).resources).toEqual(small);
  expect(containerOf('agent-runtime').resources).toEqual({
    requests: { cpu: '1000m', memory: '1Gi' },
    limits: { cpu: '2000m', memory: '2Gi' },
  });
});

type Resources = { readonly requests: Record<'cpu' | 'memory', string> };

test('at its quietest it fits three nodes of four processors and 16 GB each', () => {
  const manifests = synth();
  const { scale, database, cache } = production;
  const least = (one: CodeLabSettings['scale']['gateway']) => (one.kind === 'auto' ? one.min : one.replicas);
  const replicas = [scale.gateway, scale.agentRuntime, scale.authService, scale.llmProxy].map(least);
  const cachePod: readonly { resources: Resources }[] = find(manifests, 'StatefulSet', 'redis').spec.template.spec.containers;
  const parts: { count: number; resources: Resources }[] = [
    ...SERVICES.map((name, index) => ({ count: replicas[index] ?? 0, resources: containerOf(name).resources })),
    { count: database.instances, resources: find(manifests, 'Cluster', 'postgres').spec.resources },
    ...cachePod.map(({ resources }) => ({ count: 1 + cache.replicas, resources })),
  ];
  const sum = (resource: 'cpu' | 'memory') =>
    parts.reduce((total, { count, resources }) => total + count * quantity(resources.requests[resource]), 0);

  expect(sum('cpu')).toBeCloseTo(11.03);
  expect(sum('cpu')).toBeLessThan(3 * 4);
  expect(sum('memory')).toBeLessThan(3 * 16e9);
});

test('tells each service where the next one is', () => {
  expect(variables('gateway')).toEqual({
    AGENT_RUNTIME_URL: 'http://agent-runtime:8001',
    AUTH_SERVICE_URL: 'http://auth-service:8003',
    INTERNAL_API_KEY: { name: 'api-keys', key: 'internal-api-key' },
    DATABASE_URL: { name: 'postgres-secret', key: 'connection-string' },
  });
  expect(variables('agent-runtime')).toEqual({
    LLM_PROVIDER: 'openai',
    OPENAI_BASE_URL: 'http://llm-proxy:4000/v1',
    OPENAI_API_KEY: { name: 'api-keys', key: 'openai-api-key' },
    INTERNAL_API_KEY: { name: 'api-keys', key: 'internal-api-key' },
    DATABASE_URL: { name: 'postgres-secret', key: 'connection-string' },
    REDIS_URL: { name: 'redis-secret', key: 'url' },
  });
  expect(variables('auth-service')).toEqual({
    JWT_SECRET_KEY: { name: 'jwt-secret', key: 'jwt-secret-key' },
    OAUTH2_CLIENT_SECRET: { name: 'oauth-secret', key: 'client-secret' },
    DATABASE_URL: { name: 'postgres-secret', key: 'connection-string' },
    REDIS_URL: { name: 'redis-secret', key: 'url' },
  });
});

test('composes the addresses of database and cache with their passwords', () => {
  const composed = (name: string) => find(synth(), 'ExternalSecret', name).spec.target.template.data;

  expect(composed('postgres-secret')).toEqual({
    username: 'codelab',
    password: '{{ .password }}',
    'connection-string':
      'postgresql://codelab:{{ .password | urlquery }}@postgres-rw.codelab.svc.cluster.local:5432/codelab?sslmode=require',
  });
  expect(composed('redis-secret')).toEqual({
    url: 'redis://:{{ .password | urlquery }}@redis-0.redis.codelab.svc.cluster.local:6379/0',
  });
});

test('has one primary with two followers in production, and one instance elsewhere', () => {
  const stateful = (settings: CodeLabSettings) => {
    const manifests = synth(settings);
    const { instances, storage, managed } = find(manifests, 'Cluster', 'postgres').spec;
    const { replicas, volumeClaimTemplates } = find(manifests, 'StatefulSet', 'redis').spec;
    const [{ name, passwordSecret }] = managed.roles;
    return [instances, storage.size, name, passwordSecret.name, replicas, volumeClaimTemplates[0].spec.resources.requests.storage];
  };

  expect(stateful(production)).toEqual([3, '50Gi', 'codelab', 'postgres-secret', 3, '10Gi']);
  expect(stateful(settingsOf('staging'))).toEqual([1, '20Gi', 'codelab', 'postgres-secret', 1, '5Gi']);
});

test('opens no more connections than the database has when every service is scaled out', () => {
  const { managed, postgresql } = find(synth(), 'Cluster', 'postgres').spec;
  const pods = 10 + 1 + (20 + 1) + (5 + 1);

  expect(managed.roles[0].connectionLimit).toBe(5 * pods);
  expect(Number(postgresql.parameters['max_connections'])).toBeGreaterThan(5 * pods);
});

test.each([
  ['agent-runtime', 'agent-workspaces', '/workspaces', '10Gi'],
  ['auth-service', 'auth-data', '/data', '5Gi'],
])('shares the files of %s among all of its pods', (name, claim, mountPath, size) => {
  const { containers, volumes } = podOf(name);
  const { spec } = find(synth(), 'PersistentVolumeClaim', claim);

  expect([spec.accessModes, spec.storageClassName, spec.resources.requests.storage]).toEqual([['ReadWriteMany'], 'model-shared', size]);
  expect(volumes).toContainEqual({ name: mountPath.slice(1), persistentVolumeClaim: { claimName: claim } });
  expect(containers[0].volumeMounts).toContainEqual({ name: mountPath.slice(1), mountPath });
});

test('refuses several pods where only one can mount the files', () => {
  expect(() => synth(production, [], microk8s)).toThrow('Cannot run "20" replicas of agent-runtime as one pod at a time mounts');
});

test('is asked for its health on each service, when a start may be over', () => {
  for (const name of ['gateway', 'agent-runtime', 'auth-service']) {
    const { livenessProbe, readinessProbe } = containerOf(name);

    expect(livenessProbe).toMatchObject({ httpGet: { path: '/health', port: 'http' }, initialDelaySeconds: 30, periodSeconds: 10 });
    expect(readinessProbe).toMatchObject({ httpGet: { path: '/health', port: 'http' }, initialDelaySeconds: 10, periodSeconds: 5 });
  }
});

test('offers agents the model of the provider, and those of the target', () => {
  const configOf = (models: readonly ServedModel[]) =>
    parse(find(synth(production, models), 'ConfigMap', 'llm-proxy-config').data['config.yaml']).model_list;
  const names = (models: readonly ServedModel[]) => configOf(models).map((each: { model_name: string }) => each.model_name);

  expect(configOf([])[0]).toMatchObject({
    model_name: 'gpt-4',
    litellm_params: { model: 'openai/gpt-4', api_key: 'os.environ/OPENAI_API_KEY' },
  });
  expect(names([llama])).toEqual(['llama-2-70b-chat', 'gpt-4']);
  expect(find(synth(production, [llama]), 'ExternalSecret', 'llm-proxy-engine-keys').spec.data).toMatchObject([
    { secretKey: 'LLM_API_KEY', remoteRef: { key: 'llm-api-key' } },
  ]);
});

test('lets agents in at the proxy with a key of its own, and keeps that of the provider from them', () => {
  expect(variables('llm-proxy')).toMatchObject({
    LITELLM_MASTER_KEY: variables('agent-runtime')['OPENAI_API_KEY'],
    OPENAI_API_KEY: { name: 'llm-proxy-provider-keys', key: 'OPENAI_API_KEY' },
  });
});

test('publishes the API and the sign-in under their paths, and nothing else', () => {
  const { spec, metadata } = find(synth(), 'HTTPRoute', 'codelab-ingress');
  const rules = spec.rules.map(
    ({ matches, backendRefs }: { matches: { path: { value: string } }[]; backendRefs: { name: string; port: number }[] }) => [
      matches.map(({ path }) => path.value),
      backendRefs,
    ],
  );

  expect(spec.hostnames).toEqual(['codelab.example.com']);
  expect(rules).toEqual([
    [['/api/v1'], [{ name: 'gateway', port: 8000 }]],
    [['/oauth'], [{ name: 'auth-service', port: 8003 }]],
  ]);
  expect(metadata.annotations).toMatchObject({ 'konghq.com/protocols': 'https' });
  expect(find(synth(), 'KongPlugin', 'codelab-ingress-request-size').config).toEqual({
    allowed_payload_size: 50,
    size_unit: 'megabytes',
  });
});

test('has requests counted apart from the sessions of users', () => {
  const { config } = find(synth(), 'KongPlugin', 'codelab-ingress-rate-limit');

  expect(config).toMatchObject({ minute: 600, policy: 'redis', redis: { host: 'counters.litellm.svc.cluster.local', port: 6379 } });
  expect(find(synth(), 'ExternalSecret', 'codelab-ingress-rate-limit').spec.data[0].remoteRef.key).toBe('counters-password');
});

test('waits at each hop longer than at the one behind it, ten minutes at least', () => {
  const manifests = synth();
  const { request_timeout: proxy } = parse(find(manifests, 'ConfigMap', 'llm-proxy-config').data['config.yaml']).litellm_settings;
  const edge = Number(find(manifests, 'Service', 'gateway').metadata.annotations?.['konghq.com/read-timeout']) / 1000;
  const grace = (name: string) => podOf(name).terminationGracePeriodSeconds;

  expect([proxy, edge]).toEqual([620, 650]);
  expect(grace('agent-runtime')).toBeGreaterThan(proxy);
  expect(grace('gateway')).toBeGreaterThan(edge);
  for (const { timeouts } of find(manifests, 'HTTPRoute', 'codelab-ingress').spec.rules) {
    expect(timeouts).toEqual({ backendRequest: '650s' });
  }
});

test('opens the ways that requests take, and no other', () => {
  const { codelab, edge } = charts();
  const out = (manifests: readonly Manifest[]) =>
    manifests.flatMap(({ kind, metadata, spec }) => (kind === 'NetworkPolicy' && spec.egress !== undefined ? [metadata.name] : [])).sort();

  expect(out(codelab)).toEqual([
    'agent-runtime-to-llm-proxy',
    'agent-runtime-to-postgres',
    'agent-runtime-to-redis',
    'auth-service-to-postgres',
    'auth-service-to-redis',
    'gateway-to-agent-runtime',
    'gateway-to-auth-service',
    'gateway-to-postgres',
    'llm-proxy-to-internet',
    'postgres-to-api-server',
    'postgres-to-postgres',
    'redis-to-redis',
  ]);
  expect(out(edge)).toEqual(['kong-to-codelab-auth-service', 'kong-to-codelab-gateway']);
});

test('is read by Prometheus, each service and the database', () => {
  const monitors = synth().flatMap(({ kind, metadata }) => (/^(?:Pod|Service)Monitor$/.test(kind) ? [metadata.name] : []));

  expect(monitors.sort()).toEqual(['agent-runtime', 'auth-service', 'gateway', 'llm-proxy', 'postgres-metrics', 'redis-metrics']);
});

test('recommends sizes of agents from the small class to their limits, where somebody asked', () => {
  const recommended = find(synth(production, [], eks, true), 'VerticalPodAutoscaler', 'agent-runtime-vpa').spec;

  expect(recommended.targetRef.name).toBe('agent-runtime');
  expect(recommended.resourcePolicy.containerPolicies).toMatchObject([
    { containerName: 'agent-runtime', minAllowed: { cpu: '100m', memory: '512Mi' }, maxAllowed: { cpu: '2000m', memory: '2Gi' } },
  ]);
  expect(synth().filter(({ kind }) => kind === 'VerticalPodAutoscaler')).toEqual([]);
});
