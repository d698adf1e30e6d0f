import type { Checks } from '../acceptance';
import { allIn, dist, has, targets, valuesOf } from '../read';
import { apiTargets } from './regions';

const host = 'api.llm-production.com';
const api = (target: string) => dist(`${target}/litellm/HTTPRoute.litellm-api`);
const paths = (rule: { matches: { path: { value: string } }[] }) => rule.matches.map(({ path }) => path.value);
const publicRoutes = () =>
  allIn('dist', 'HTTPRoute').filter(({ spec }) => spec.parentRefs.some(({ name }: { name: string }) => name === 'public'));

/** How the API is reached. */
export const exposure: Checks = {
  49: () => {
    for (const target of apiTargets) {
      for (const name of ['llm-service', 'llm-service-primary', 'llm-service-canary'])
        expect(has(`${target}/llm/Service.${name}`)).toBe(false);
      expect(dist(`${target}/llm/Canary.llm-service`).spec.service).toMatchObject({
        name: 'llm-service',
        port: 80,
        targetPort: 'http',
        portDiscovery: false,
      });
    }
  },

  50: () => {
    const services = allIn('dist', 'Service');

    expect(services.filter(({ spec }) => spec.type === 'LoadBalancer' || spec.sessionAffinity !== undefined)).toEqual([]);
    for (const target of apiTargets) expect(valuesOf(target, 'kong').proxy.type).toBe('LoadBalancer');
  },

  51: () => {
    for (const target of targets('prod')) {
      const { replicaCount, resources, podDisruptionBudget } = valuesOf(target, 'kong');

      expect(replicaCount).toBe(3);
      expect(resources).toEqual({ requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } });
      expect(podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
      expect(dist(`${target}/edge/PodMonitor.kong`).spec.podMetricsEndpoints[0]).toMatchObject({ port: 'status', path: '/metrics' });
    }
  },

  52: () => {
    for (const target of apiTargets) {
      expect(api(target).spec.hostnames).toContain(host);
      expect(api(target).spec.parentRefs).toContainEqual({ name: 'public', namespace: 'edge', sectionName: host });
      expect(dist(`${target}/foundation/GatewayClass.kong`).spec.controllerName).toBe('konghq.com/kic-gateway-controller');
    }
  },

  53: () => {
    for (const target of apiTargets) {
      const listener = dist(`${target}/edge/Gateway.public`).spec.listeners.find(
        ({ hostname }: { hostname?: string }) => hostname === host,
      );

      expect(listener).toMatchObject({
        port: 443,
        protocol: 'HTTPS',
        tls: { mode: 'Terminate', certificateRefs: [{ name: 'llm-api-tls' }] },
      });
    }
  },

  54: () => {
    for (const target of apiTargets) {
      const annotations = allIn(`dist/${target}`).flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}));

      expect(dist(`${target}/edge/Certificate.llm-api-cert`).spec.issuerRef).toMatchObject({
        kind: 'ClusterIssuer',
        name: 'letsencrypt-prod',
      });
      expect(annotations.filter((name) => name.startsWith('cert-manager.io/'))).toEqual([]);
    }
  },

  55: () => {
    const open = publicRoutes().filter(
      ({ metadata: { annotations } }) =>
        annotations?.['konghq.com/protocols'] !== 'https' || annotations['konghq.com/https-redirect-status-code'] !== '308',
    );

    expect(publicRoutes().length).toBeGreaterThanOrEqual(targets().length * 2);
    expect(open.map(({ metadata }) => metadata.name)).toEqual([]);
  },

  56: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/litellm/KongPlugin.litellm-api-rate-limit`)).toMatchObject({
        plugin: 'rate-limiting',
        config: { minute: 100, limit_by: 'consumer', policy: 'redis' },
      });
      expect(api(target).metadata.annotations?.['konghq.com/plugins']).toContain('litellm-api-rate-limit');
    }
  },

  57: () => {
    // Prometheus is served below a path that is none of its own, for people; what programs call keeps its paths.
    const rewrites = allIn('dist', 'HTTPRoute')
      .filter(({ metadata }) => metadata.namespace !== 'monitoring')
      .flatMap(({ spec }) => spec.rules)
      .flatMap(({ filters }) => filters ?? [])
      .filter(({ type }) => type === 'URLRewrite')
      .map(({ urlRewrite }) => urlRewrite.path);

    expect(rewrites.length).toBeGreaterThan(0);
    expect(rewrites.filter((path) => [path.replaceFullPath, path.replacePrefixMatch].includes('/'))).toEqual([]);
  },

  58: () => {
    for (const target of apiTargets) {
      const [completions, alias] = api(target).spec.rules;

      expect(paths(completions)).toContain('/v1');
      expect(completions.backendRefs).toEqual([{ name: 'litellm-service', port: 4000 }]);
      expect(paths(alias)).toEqual(['/v1/generate']);
      expect(alias.filters[0].urlRewrite.path).toEqual({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1/completions' });
    }
  },

  59: () => {
    for (const target of apiTargets) {
      expect(paths(dist(`${target}/edge/HTTPRoute.gateway-health`).spec.rules[0])).toEqual(['/health', '/v1/health']);
      expect(dist(`${target}/edge/KongPlugin.gateway-health`).config.body).toBe('{"status":"healthy"}');
    }
  },
};
