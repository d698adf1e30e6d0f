import { App } from 'cdk8s';

import { eks } from '../environments/platforms';
import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import type { Manifest } from '../kubernetes/manifest';
import { secretStore } from '../security/secret-store';
import { find } from '../testing/manifests';
import { PublicRoute, type PublicRouteProps } from './public-route';
import { requestTimeouts } from './request-timeouts';

function route(change: Partial<PublicRouteProps> = {}): { readonly own: readonly Manifest[]; readonly edge: readonly Manifest[] } {
  const app = new App();
  const edge = new AppChart(app, 'edge', 'edge');
  const litellm = new AppChart(app, 'litellm', 'litellm');
  const endpoint = (name: string, port: number): Endpoint => ({
    ...{ name, namespace: 'litellm', pods: stablePods(name), scope: litellm },
    ...{ host: serviceHost(`${name}-service`, 'litellm'), port, podPort: port },
  });

  new PublicRoute(litellm, 'litellm-api', {
    gateway: {
      ...{ name: 'public', namespace: 'edge', listeners: ['api.example.com'], hosts: ['api.example.com'] },
      proxies: { name: 'kong', namespace: 'edge', pods: stablePods('kong'), scope: edge },
    },
    endpoint: endpoint('litellm', 4000),
    paths: [{ prefix: '/v1' }, { prefix: '/models' }],
    timeouts: requestTimeouts(600),
    rateLimit: { requestsPerMinute: 100, counters: endpoint('redis', 6379), password: 'redis-password', store: secretStore(eks) },
    ...change,
  });
  return { own: litellm.synthesize().manifests, edge: edge.synthesize().manifests };
}

const policies = (manifests: readonly Manifest[]) =>
  manifests.flatMap(({ kind, metadata }) => (kind === 'NetworkPolicy' ? [metadata.name] : []));

test('publishes paths of a Service on the hosts of the gateway', () => {
  const { spec } = find(route().own, 'HTTPRoute', 'litellm-api');

  expect(spec.parentRefs).toEqual([{ name: 'public', namespace: 'edge', sectionName: 'api.example.com' }]);
  expect(spec.hostnames).toEqual(['api.example.com']);
  expect(spec.rules).toEqual([
    {
      matches: ['/v1', '/models'].map((value) => ({ path: { type: 'PathPrefix', value } })),
      backendRefs: [{ name: 'litellm-service', port: 4000 }],
      timeouts: { backendRequest: '630s' },
    },
  ]);
});

test('rewrites a path in a rule of its own', () => {
  const paths = [{ prefix: '/v1' }, { prefix: '/litellm', replaceWith: '/' }];
  const [asSent, rewritten] = find(route({ paths }).own, 'HTTPRoute', 'litellm-api').spec.rules;

  expect(asSent.filters).toBeUndefined();
  expect(rewritten).toMatchObject({
    matches: [{ path: { type: 'PathPrefix', value: '/litellm' } }],
    filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
    timeouts: asSent.timeouts,
  });
});

test('serves over HTTPS alone, and passes answers on as they are written', () => {
  expect(find(route().own, 'HTTPRoute', 'litellm-api').metadata.annotations).toMatchObject({
    'konghq.com/protocols': 'https',
    'konghq.com/https-redirect-status-code': '308',
    'konghq.com/response-buffering': 'false',
    'konghq.com/plugins': 'litellm-api-rate-limit,litellm-api-request-size',
  });
});

test('counts the requests of a client over all proxies', () => {
  const { own } = route();

  expect(find(own, 'KongPlugin', 'litellm-api-rate-limit')).toMatchObject({
    plugin: 'rate-limiting',
    config: { minute: 100, policy: 'redis', redis: { host: 'redis-service.litellm.svc.cluster.local', port: 6379 } },
    configPatches: [{ path: '/redis/password', valueFrom: { secretKeyRef: { name: 'litellm-api-rate-limit', key: 'password.json' } } }],
  });
  expect(find(own, 'ExternalSecret', 'litellm-api-rate-limit').spec).toMatchObject({
    data: [{ secretKey: 'password', remoteRef: { key: 'redis-password' } }],
    target: { template: { data: { 'password.json': '{{ .password | toJson }}' } } },
  });
});

test('refuses requests of more than 50 MB', () => {
  expect(find(route().own, 'KongPlugin', 'litellm-api-request-size')).toMatchObject({
    plugin: 'request-size-limiting',
    config: { allowed_payload_size: 50, size_unit: 'megabytes' },
  });
});

test('lets the proxies reach the service and the counters, on both sides', () => {
  const { own, edge } = route();

  expect(policies(edge)).toEqual(['kong-to-redis', 'kong-to-litellm']);
  expect(policies(own)).toEqual(['redis-from-kong', 'litellm-from-kong']);
});

test('sends a path to a service of its own, which the proxies may then reach', () => {
  const pages: Endpoint = {
    ...{ name: 'pages', namespace: 'litellm', pods: stablePods('pages') },
    ...{ host: serviceHost('pages', 'litellm'), port: 80, podPort: 80 },
  };
  const { own, edge } = route({ paths: [{ prefix: '/v1' }, { prefix: '/', endpoint: pages }] });

  expect(find(own, 'HTTPRoute', 'litellm-api').spec.rules).toEqual([
    {
      matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
      backendRefs: [{ name: 'litellm-service', port: 4000 }],
      timeouts: { backendRequest: '630s' },
    },
    {
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [{ name: 'pages', port: 80 }],
      timeouts: { backendRequest: '630s' },
    },
  ]);
  expect(policies(edge)).toContain('kong-to-pages');
});

test('refuses to publish a service of another namespace', () => {
  const elsewhere: Endpoint = { name: 'llm', namespace: 'llm', pods: {}, host: serviceHost('llm', 'llm'), port: 80, podPort: 8000 };

  expect(() => route({ endpoint: elsewhere })).toThrow(
    'Cannot publish "llm.llm.svc.cluster.local" as a route reaches its own namespace only: define it in the app of that service',
  );
});
