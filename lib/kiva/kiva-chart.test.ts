import { App } from 'cdk8s';

import { aks, microk8s } from '../environments/platforms';
import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import type { Manifest } from '../kubernetes/manifest';
import { clientTimeouts, requestTimeouts } from '../routing/request-timeouts';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { KivaChart } from './kiva-chart';
import type { KivaSettings } from './kiva-settings';

const BACKEND = 'open-webui-backend-kiva';
const FRONTEND = 'open-webui-frontend-kiva';
const timeouts = requestTimeouts(600);

const settings: KivaSettings = {
  replicas: 3,
  size: 'high',
  database: { instances: 3, sizeGiB: 100 },
  cache: { replicas: 2, sizeGiB: 10 },
  filesGiB: 500,
  requestsPerMinute: 6000,
};
const small: Partial<KivaSettings> = {
  ...{ replicas: 1, size: 'low', database: { instances: 1, sizeGiB: 10 }, cache: { replicas: 0, sizeGiB: 2 } },
};

interface Charts {
  readonly kiva: readonly Manifest[];
  readonly litellm: readonly Manifest[];
  readonly edge: readonly Manifest[];
}

function charts(change: Partial<KivaSettings> = {}, platform = aks): Charts {
  const app = new App();
  const edge = new AppChart(app, 'edge', 'edge');
  const litellm = new AppChart(app, 'litellm', 'litellm');
  const proxies = { name: 'kong', namespace: 'edge', pods: stablePods('kong'), scope: edge };
  const gateway: Endpoint = {
    ...{ name: 'litellm', namespace: 'litellm', pods: stablePods('litellm'), scope: litellm },
    ...{ host: serviceHost('litellm-service', 'litellm'), port: 4000, podPort: 4000 },
  };
  const pool = { instanceType: 'Standard_D8s_v5', minNodes: 3, maxNodes: 3, cpus: 8, memoryGiB: 32, labels: {}, taints: [] };

  const kiva = new KivaChart(app, 'kiva', {
    settings: { ...settings, ...change },
    litellm: { endpoint: gateway, timeouts },
    gateway: { name: 'public', namespace: 'edge', listeners: ['https'], hosts: ['kiva.example.com', 'chat.example.com'], proxies },
    platform,
    images: {
      backend: 'example.com/backend:v1',
      frontend: 'example.com/frontend:v1',
      postgresql: 'example.com/pg:15',
      redis: 'example.com/redis:7',
      redisExporter: 'example.com/redis-exporter:1',
    },
    store: secretStore(platform),
    placement: { pool, imagePullSecrets: [] },
  });
  return { kiva: kiva.synthesize().manifests, litellm: litellm.synthesize().manifests, edge: edge.synthesize().manifests };
}

const synth = (...args: Parameters<typeof charts>): readonly Manifest[] => charts(...args).kiva;
const deployment = (name: string, ...args: Parameters<typeof charts>) => find(synth(...args), 'Deployment', name).spec;
const policies = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ kind, metadata }) => (kind === 'NetworkPolicy' ? [metadata.name] : [])).sort();

type Variable = { readonly name: string; readonly value?: string; readonly valueFrom?: { secretKeyRef: { name: string; key: string } } };
const variables = (container: { env: Variable[] }): Record<string, unknown> =>
  Object.fromEntries(container.env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef]));
const backend = (...args: Parameters<typeof charts>) => variables(deployment(BACKEND, ...args).template.spec.containers[0]);

test('serves pages on port 80 and the API on port 8080, each from as many pods as decided', () => {
  const manifests = synth();
  const portsOf = (name: string) => find(manifests, 'Service', name).spec.ports;

  expect(portsOf(FRONTEND)).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
  expect(portsOf(BACKEND)).toEqual([{ name: 'http', port: 8080, targetPort: 'http' }]);
  for (const name of [FRONTEND, BACKEND]) {
    const { replicas, template } = deployment(name);
    expect(replicas).toBe(3);
    expect(template.spec.containers[0].resources).toEqual({
      requests: { cpu: '500m', memory: '1Gi' },
      limits: { cpu: '2000m', memory: '4Gi' },
    });
    expect(template.metadata.labels['app.kubernetes.io/name']).toBe(name);
  }
});

interface Route {
  readonly matches: readonly { readonly path: { readonly value: string } }[];
  readonly backendRefs: readonly { readonly name: string }[];
}

test('sends the paths of the API to the backend, and every other one to the frontend', () => {
  const { spec, metadata } = find(synth(), 'HTTPRoute', 'chat');
  const routes = spec.rules.map((rule: Route) => [rule.backendRefs[0]?.name, rule.matches.map(({ path }) => path.value)]);

  expect(spec.hostnames).toEqual(['kiva.example.com', 'chat.example.com']);
  expect(routes).toEqual([
    [FRONTEND, ['/']],
    [BACKEND, ['/api', '/ws', '/openai', '/ollama', '/oauth', '/cache', '/manifest.json', '/opensearch.xml']],
  ]);
  expect(metadata.annotations).toMatchObject({ 'konghq.com/protocols': 'https', 'konghq.com/response-buffering': 'false' });
  expect(find(synth(), 'KongPlugin', 'chat-rate-limit').config).toMatchObject({ minute: 6000, policy: 'redis' });
  expect(find(synth(), 'KongPlugin', 'chat-request-size').config).toEqual({ allowed_payload_size: 50, size_unit: 'megabytes' });
});

test('waits longer than LiteLLM and shorter than the gateway, and finishes what it has begun', () => {
  const { client, publicGateway } = clientTimeouts(timeouts);
  const manifests = synth();
  const { rules } = find(manifests, 'HTTPRoute', 'chat').spec;

  expect(backend()['AIOHTTP_CLIENT_TIMEOUT']).toBe(`${client}`);
  expect(find(manifests, 'Service', BACKEND).metadata.annotations).toMatchObject({ 'konghq.com/read-timeout': `${publicGateway}000` });
  for (const rule of rules) expect(rule.timeouts).toEqual({ backendRequest: `${publicGateway}s` });
  expect(deployment(BACKEND).template.spec.terminationGracePeriodSeconds).toBeGreaterThan(client);
});

test('lets several pods serve the same users: sessions, sockets, documents and settings are common to all', () => {
  expect(backend()).toMatchObject({
    WEBUI_SECRET_KEY: { name: 'open-webui-secrets', key: 'WEBUI_SECRET_KEY' },
    DATABASE_URL: { name: 'open-webui-secrets', key: 'DATABASE_URL' },
    REDIS_URL: { name: 'open-webui-secrets', key: 'REDIS_URL' },
    ENABLE_WEBSOCKET_SUPPORT: 'True',
    WEBSOCKET_MANAGER: 'redis',
    WEBSOCKET_REDIS_URL: { name: 'open-webui-secrets', key: 'WEBSOCKET_REDIS_URL' },
    VECTOR_DB: 'pgvector',
    PGVECTOR_CREATE_EXTENSION: 'False',
    ENABLE_PERSISTENT_CONFIG: 'False',
    ENABLE_DB_MIGRATIONS: 'False',
    UVICORN_WORKERS: '1',
    CORS_ALLOW_ORIGIN: 'https://kiva.example.com;https://chat.example.com',
    WEBUI_URL: 'https://kiva.example.com',
  });
});

test('composes addresses of the database and the cache with delivered passwords', () => {
  const { data, target } = find(synth(), 'ExternalSecret', 'open-webui-secrets').spec;
  const redis = 'redis://:{{ .cachePassword | urlquery }}@kiva-redis-0.kiva-redis.kiva.svc.cluster.local:6379/0';

  expect(target.template.data).toMatchObject({
    DATABASE_URL:
      'postgresql://openwebui:{{ .databasePassword | urlquery }}@postgresql-rw.kiva.svc.cluster.local:5432/openwebui?sslmode=require',
    REDIS_URL: redis,
    WEBSOCKET_REDIS_URL: redis,
  });
  expect(data.map(({ remoteRef }: { remoteRef: { key: string } }) => remoteRef.key)).toEqual([
    'open-webui-secret-key',
    'open-webui-litellm-key',
    'open-webui-admin-email',
    'open-webui-admin-password',
    'openwebui-database-password',
    'kiva-redis-password',
  ]);
});

test('asks LiteLLM for answers with a key of its own, and no model server directly', () => {
  expect(backend()).toMatchObject({
    OPENAI_API_BASE_URLS: 'http://litellm-service.litellm.svc.cluster.local:4000/v1',
    OPENAI_API_KEYS: { name: 'open-webui-secrets', key: 'OPENAI_API_KEYS' },
    ENABLE_OLLAMA_API: 'False',
  });
});

test('lets nobody in before an administrator does, and takes the first of those from the store', () => {
  expect(backend()).toMatchObject({
    ENABLE_SIGNUP: 'True',
    DEFAULT_USER_ROLE: 'pending',
    WEBUI_ADMIN_EMAIL: { name: 'open-webui-secrets', key: 'WEBUI_ADMIN_EMAIL' },
    WEBUI_ADMIN_PASSWORD: { name: 'open-webui-secrets', key: 'WEBUI_ADMIN_PASSWORD' },
    WEBUI_SESSION_COOKIE_SECURE: 'True',
    WEBUI_AUTH_COOKIE_SECURE: 'True',
  });
});

test('calls nobody outside, and tells nobody who uses it', () => {
  expect(backend()).toMatchObject({ OFFLINE_MODE: 'True', HF_HUB_OFFLINE: '1', ANONYMIZED_TELEMETRY: 'False', DO_NOT_TRACK: 'True' });
  expect(policies(synth()).filter((name) => name.includes('internet'))).toEqual([]);
});

test('keeps users, chats and vectors in one database, on volumes that outlive pods', () => {
  const manifests = synth();
  const { spec } = find(manifests, 'Cluster', 'postgresql');

  expect(spec).toMatchObject({ instances: 3, storage: { size: '100Gi', storageClass: 'data-block' } });
  expect(find(manifests, 'Database', 'openwebui').spec.extensions).toEqual([{ name: 'vector', ensure: 'present' }]);
});

test('lets the pods of a rolling update open as many connections as the database grants', () => {
  const { DATABASE_POOL_SIZE, PGVECTOR_POOL_SIZE } = backend();
  // The backend opens a pool while it starts, another for requests, and one for vectors.
  const perPod = 2 * Number(DATABASE_POOL_SIZE) + Number(PGVECTOR_POOL_SIZE);
  const [{ connectionLimit }] = find(synth(), 'Cluster', 'postgresql').spec.managed.roles;

  expect(connectionLimit).toBe(4 * perPod + 5);
});

test('migrates once, in a Job of the same image that fails when the migration does', () => {
  const { template } = find(synth(), 'Job', 'open-webui-migration').spec;
  const [container] = template.spec.containers;

  expect(container).toMatchObject({
    image: deployment(BACKEND).template.spec.containers[0].image,
    command: ['sh', '-c', 'cd /app/backend/open_webui && exec alembic upgrade head'],
  });
  expect(variables(container)).toMatchObject({ ENABLE_DB_MIGRATIONS: 'True', DATABASE_URL: { key: 'DATABASE_URL' } });
  expect(template.spec.initContainers[0].name).toBe('wait-for-database');
});

test('shares uploaded files among pods where storage can be shared', () => {
  const { spec } = find(synth(), 'PersistentVolumeClaim', 'open-webui-files');
  const { DATA_DIR } = backend();

  expect(spec).toMatchObject({ accessModes: ['ReadWriteMany'], resources: { requests: { storage: '500Gi' } } });
  expect(deployment(BACKEND).template.spec.containers[0].volumeMounts).toContainEqual({ name: 'var-lib-open-webui', mountPath: DATA_DIR });
});

test('runs one backend at a time on a machine whose storage cannot', () => {
  expect(deployment(BACKEND, small, microk8s).strategy).toEqual({ type: 'Recreate' });
  expect(() => synth({}, microk8s)).toThrow('Cannot run "3" replicas of open-webui-backend-kiva');
});

test('runs without root on a file system that it cannot write to', () => {
  for (const name of [FRONTEND, BACKEND]) {
    const { securityContext, containers } = deployment(name).template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true });
    expect(containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  }
  expect(deployment(FRONTEND).template.spec.securityContext.sysctls).toEqual([
    { name: 'net.ipv4.ip_unprivileged_port_start', value: '80' },
  ]);
});

test('lets in the gateway alone, and lets the backend reach LiteLLM, its database and its cache alone', () => {
  const { kiva, litellm, edge } = charts(small);

  expect(policies(kiva).filter((name) => name.startsWith('open-webui'))).toEqual([
    'open-webui-backend-kiva-from-kong',
    'open-webui-backend-kiva-to-kiva-redis',
    'open-webui-backend-kiva-to-litellm',
    'open-webui-backend-kiva-to-postgresql',
    'open-webui-frontend-kiva-from-kong',
    'open-webui-migration-to-postgresql',
  ]);
  expect(policies(litellm)).toEqual(['litellm-from-open-webui-backend-kiva']);
  expect(policies(edge)).toEqual(['kong-to-kiva-redis', 'kong-to-open-webui-backend-kiva', 'kong-to-open-webui-frontend-kiva']);
});
