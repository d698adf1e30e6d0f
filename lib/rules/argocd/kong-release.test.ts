import { fleetProblems } from '../testing/fleet-problems';
import type { FleetDrafts } from '../testing/sample-fleet';
import type { Draft } from '../testing/sample-target';

const at = 'Application/kong-prod-us-west-2: /spec/source/helm/valuesObject';
const kong = (changed: Draft, change: (all: FleetDrafts) => void = () => {}) =>
  fleetProblems('addons-are-configured', (all) => {
    Object.assign(all.get('Application/kong-prod-us-west-2').spec.source.helm.valuesObject, changed);
    change(all);
  });

describe('the class of a gateway', () => {
  const other = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'internal' } };
  const found = (ingressClass: string) =>
    kong({ ingressController: { ingressClass, env: { gateway_api_controller_name: 'konghq.com/public' } } }, ({ app }) => {
      for (const object of app('foundation')) if (object.kind === 'GatewayClass') object.spec.controllerName = 'konghq.com/public';
      app('foundation').push({ ...other, spec: { controllerName: 'konghq.com/internal' } });
    });

  test('is the one that its controller serves', () => {
    expect(found('kong')).toEqual([]);
    expect(found('internal')).toEqual([
      `${at}/ingressController/ingressClass is "internal", and konghq.com/public serves GatewayClass kong: plugins and consumers of the other gateway would be read`,
    ]);
  });
});

test('has an image of the edition and the version that the chart is told', () => {
  const image = (repository: string, effectiveSemver: string, enterprise = {}) =>
    kong({ image: { repository, tag: '3.9.3@sha256:1', effectiveSemver }, enterprise });

  expect(image('registry.example.com/mirror/kong', '3.9')).toEqual([]);
  expect(image('docker.io/kong/kong-gateway', '3.9.3', { enabled: true })).toEqual([]);
  expect(image('docker.io/kong/kong-gateway', '3.9.3')).toEqual([
    `${at}/image/repository is "docker.io/kong/kong-gateway", the edition that wants a licence, which nothing gives it`,
  ]);
  expect(image('docker.io/library/kong', '3.9.3', { enabled: true })).toEqual([
    `${at}/image/repository is "docker.io/library/kong", the open edition, and /enterprise/enabled is true`,
  ]);
  expect(image('docker.io/library/kong', '3.4.0')).toEqual([
    `${at}/image/effectiveSemver is "3.4.0", and the image is 3.9.3: the chart would configure another version`,
  ]);
});

describe('a body', () => {
  const found = (written: string, config: Draft) =>
    kong({ env: { nginx_http_client_max_body_size: written } }, ({ app }) => {
      const web = app('app');
      const route = web.find(({ kind }) => kind === 'HTTPRoute');
      route.metadata.annotations = { ...route.metadata.annotations, 'konghq.com/plugins': 'size' };
      const plugin = { apiVersion: 'configuration.konghq.com/v1', kind: 'KongPlugin', plugin: 'request-size-limiting', config };
      web.push({ ...plugin, metadata: { name: 'size', namespace: route.metadata.namespace } });
    });

  test('that a route lets pass is not refused before', () => {
    expect([...found('50m', { allowed_payload_size: 50 }), ...found('0', { allowed_payload_size: 50 })]).toEqual([]);
    expect(found('1m', { allowed_payload_size: 512, size_unit: 'kilobytes' })).toEqual([]);
    expect(found('512k', { allowed_payload_size: 50 })).toEqual([
      `${at}/env/nginx_http_client_max_body_size is "512k", and a route of Gateway/public lets 50 megabytes pass: Kong would refuse them before`,
    ]);
  });
});

test('learns who calls it where a load balancer leads to it', () => {
  expect(kong({ proxy: { type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' } })).toEqual([
    expect.stringContaining(`${at}/proxy/externalTrafficPolicy is Cluster, not Local`),
  ]);
});
