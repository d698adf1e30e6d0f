import { parse } from 'yaml';

import type { Checks } from '../acceptance';
import { dist, named, valuesOf } from '../read';
import { container, recommendsOnly, variable } from '../workloads';
import { app, production } from './cluster';

const deployment = (name: string) => dist(`${app}/Deployment.${name}`);
const route = () => dist(`${app}/HTTPRoute.codelab-ingress`);
const metricsOf = (name: string) =>
  dist(`${app}/HorizontalPodAutoscaler.${name}`).spec.metrics.map(
    ({ resource }: { resource: { name: string; target: { averageUtilization: number } } }) =>
      `${resource.name} ${resource.target.averageUtilization}`,
  );

/** Holds a service to the size that it was planned with. */
const hasSize = (name: string, requests: object, limits: object) => () =>
  expect(container(deployment(name)).resources).toEqual({ requests, limits });

/** Holds a service to the bounds that its autoscaler keeps; Git holds no replicas beside them. */
const scales = (name: string, min: number, max: number) => () => {
  expect(dist(`${app}/HorizontalPodAutoscaler.${name}`).spec).toMatchObject({ minReplicas: min, maxReplicas: max });
  expect(deployment(name).spec.replicas).toBeUndefined();
};

const runs = (name: string) => () =>
  expect(container(deployment(name)).image).toMatch(new RegExp(`^ghcr\\.io/codelab/${name}:1\\.0\\.0(@sha256:[0-9a-f]{64})?$`));
const reads = (name: string, key: string, value: string) => () => expect(variable(deployment(name), key)).toBe(value);
const serves = (name: string, port: number): void => {
  expect(dist(`${app}/Service.${name}`).spec.ports[0]).toEqual({ name: 'http', port, targetPort: 'http' });
  expect(container(deployment(name)).ports[0]).toEqual({ name: 'http', containerPort: port });
};
const routesTo = (path: string, service: string, port: number) => () => {
  const rule = route().spec.rules.find(({ matches }: { matches: { path: { value: string } }[] }) =>
    matches.some((match) => match.path.value === path),
  );

  expect(rule).toMatchObject({ matches: [{ path: { type: 'PathPrefix', value: path } }], backendRefs: [{ name: service, port }] });
};

/** A claim that every pod of a service mounts. */
const shares = (claim: string, size: string, name: string) => () => {
  expect(dist(`${app}/PersistentVolumeClaim.${claim}`).spec).toEqual({
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: size } },
    storageClassName: 'model-shared',
  });
  expect(deployment(name).spec.template.spec.volumes).toContainEqual(
    expect.objectContaining({ persistentVolumeClaim: { claimName: claim } }),
  );
};

const half = { cpu: '500m', memory: '512Mi' };
const one = { cpu: '1000m', memory: '1Gi' };

/** The way in, and the four services. */
export const parts: Checks = {
  31: () => {
    expect(dist(`${production}/edge/Gateway.public`).spec.gatewayClassName).toBe('kong');
    expect(route().spec.parentRefs).toEqual([{ name: 'public', namespace: 'edge', sectionName: 'codelab.example.com' }]);
  },

  32: () =>
    expect(dist(`${production}/edge/Certificate.codelab-tls`).spec.issuerRef).toMatchObject({
      kind: 'ClusterIssuer',
      name: 'letsencrypt-prod',
    }),

  33: () => {
    expect(dist(`${app}/KongPlugin.codelab-ingress-request-size`)).toMatchObject({
      plugin: 'request-size-limiting',
      config: { allowed_payload_size: 50, size_unit: 'megabytes' },
    });
    expect(route().metadata.annotations?.['konghq.com/plugins']).toContain('codelab-ingress-request-size');
    expect(valuesOf(production, 'kong').env.nginx_http_client_max_body_size).toBe('50m');
  },

  34: () => {
    for (const { timeouts } of route().spec.rules) expect(Number.parseInt(timeouts.backendRequest, 10)).toBeGreaterThanOrEqual(600);
    expect(Number(dist(`${app}/Service.gateway`).metadata.annotations?.['konghq.com/read-timeout'])).toBeGreaterThanOrEqual(600_000);
  },

  35: () => {
    expect(route().spec.hostnames).toEqual(['codelab.example.com']);
    expect(
      route().spec.rules.flatMap(({ matches }: { matches: { path: { value: string } }[] }) => matches.map(({ path }) => path.value)),
    ).toEqual(['/api/v1', '/oauth']);
  },

  36: () => {
    const listener = named<{ name: string; tls?: object }>(dist(`${production}/edge/Gateway.public`).spec.listeners, 'codelab.example.com');

    expect(listener.tls).toEqual({ mode: 'Terminate', certificateRefs: [{ name: 'codelab-tls' }] });
    expect(dist(`${production}/edge/Certificate.codelab-tls`).spec).toMatchObject({
      secretName: 'codelab-tls',
      dnsNames: ['codelab.example.com'],
    });
  },

  37: () =>
    expect(route().metadata).toMatchObject({
      name: 'codelab-ingress',
      namespace: 'codelab',
      labels: { 'app.kubernetes.io/part-of': 'codelab' },
    }),
  38: routesTo('/api/v1', 'gateway', 8000),
  39: routesTo('/oauth', 'auth-service', 8003),

  40: () => expect(dist(`${app}/HorizontalPodAutoscaler.gateway`).spec.minReplicas).toBe(3),
  41: runs('gateway'),
  42: hasSize('gateway', half, one),
  43: () => {
    scales('gateway', 3, 10)();
    expect(metricsOf('gateway')).toEqual(['cpu 70', 'memory 80']);
  },
  44: reads('gateway', 'AGENT_RUNTIME_URL', 'http://agent-runtime:8001'),
  45: reads('gateway', 'AUTH_SERVICE_URL', 'http://auth-service:8003'),
  46: reads('gateway', 'INTERNAL_API_KEY', 'api-keys/internal-api-key'),
  47: () => serves('gateway', 8000),
  48: reads('gateway', 'DATABASE_URL', 'postgres-secret/connection-string'),
  49: () => {
    const { livenessProbe, readinessProbe } = container(deployment('gateway'));

    expect([livenessProbe.httpGet, readinessProbe.httpGet]).toEqual([
      { path: '/health', port: 'http' },
      { path: '/health', port: 'http' },
    ]);
  },

  50: () => expect(dist(`${app}/HorizontalPodAutoscaler.agent-runtime`).spec.minReplicas).toBe(3),
  51: runs('agent-runtime'),
  52: hasSize('agent-runtime', { cpu: '1000m', memory: '1Gi' }, { cpu: '2000m', memory: '2Gi' }),
  53: () => {
    scales('agent-runtime', 3, 20)();
    expect(metricsOf('agent-runtime')).toContain('cpu 70');
  },
  54: () => expect(metricsOf('agent-runtime')).toContain('memory 80'),
  55: reads('agent-runtime', 'LLM_PROVIDER', 'openai'),
  56: reads('agent-runtime', 'DATABASE_URL', 'postgres-secret/connection-string'),
  57: () => {
    reads('agent-runtime', 'REDIS_URL', 'redis-secret/url')();
    expect(dist(`${app}/ExternalSecret.redis-secret`).spec.target.template.data.url).toMatch(
      /^redis:\/\/:\{\{ \.password .*@redis-0\.redis\.codelab\.svc\.cluster\.local:6379\/0$/,
    );
  },
  58: () => {
    reads('agent-runtime', 'OPENAI_API_KEY', 'api-keys/openai-api-key')();
    reads('agent-runtime', 'OPENAI_BASE_URL', 'http://llm-proxy:4000/v1')();
  },
  59: reads('agent-runtime', 'INTERNAL_API_KEY', 'api-keys/internal-api-key'),
  60: shares('agent-workspaces', '10Gi', 'agent-runtime'),
  61: () => serves('agent-runtime', 8001),
  62: () => {
    const { livenessProbe, startupProbe } = container(deployment('agent-runtime'));

    expect(livenessProbe).toMatchObject({ httpGet: { path: '/health', port: 'http' }, initialDelaySeconds: 30, periodSeconds: 10 });
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeGreaterThanOrEqual(30);
  },
  63: () =>
    expect(container(deployment('agent-runtime')).readinessProbe).toMatchObject({
      httpGet: { path: '/health', port: 'http' },
      initialDelaySeconds: 10,
      periodSeconds: 5,
    }),
  64: () => {
    const { targetRef, updatePolicy, resourcePolicy } = dist(`${app}/VerticalPodAutoscaler.agent-runtime-vpa`).spec;
    const { limits } = container(deployment('agent-runtime')).resources;

    expect(targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent-runtime' });
    expect(resourcePolicy.containerPolicies).toMatchObject([{ containerName: 'agent-runtime', maxAllowed: limits }]);
    recommendsOnly('prod/eu-west-1', updatePolicy);
  },

  65: () => expect(dist(`${app}/HorizontalPodAutoscaler.auth-service`).spec.minReplicas).toBe(2),
  66: runs('auth-service'),
  67: hasSize('auth-service', half, one),
  68: () => {
    scales('auth-service', 2, 5)();
    expect(metricsOf('auth-service')).toEqual(['cpu 70']);
  },
  69: reads('auth-service', 'JWT_SECRET_KEY', 'jwt-secret/jwt-secret-key'),
  70: reads('auth-service', 'OAUTH2_CLIENT_SECRET', 'oauth-secret/client-secret'),
  71: shares('auth-data', '5Gi', 'auth-service'),
  72: () => serves('auth-service', 8003),

  73: () => expect(dist(`${app}/HorizontalPodAutoscaler.llm-proxy`).spec.minReplicas).toBe(2),
  74: () =>
    expect(container(deployment('llm-proxy')).image).toMatch(/^ghcr\.io\/berriai\/litellm[\w-]*:v\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/),
  75: hasSize('llm-proxy', half, one),
  76: () => {
    const { model_list } = parse(dist(`${app}/ConfigMap.llm-proxy-config`).data['config.yaml']);

    expect(model_list).toContainEqual(
      expect.objectContaining({
        model_name: 'gpt-4',
        litellm_params: expect.objectContaining({ model: 'openai/gpt-4', api_key: 'os.environ/OPENAI_API_KEY' }),
      }),
    );
    reads('llm-proxy', 'OPENAI_API_KEY', 'llm-proxy-provider-keys/OPENAI_API_KEY')();
    reads('llm-proxy', 'LITELLM_MASTER_KEY', 'api-keys/openai-api-key')();
  },
  77: () => serves('llm-proxy', 4000),
};
