import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'traffic-is-weighted';
const HOST = 'model.edge.svc.cluster.local';

/** The sample with a proxy that calls the model by a base URL, through the gateway of a Kong before which a Service stands. */
const client = (base: string, change: (drafts: Drafts) => void = () => {}) =>
  problems(RULE, (drafts) => {
    const { get, add } = drafts;
    get('Canary/model').spec.service.hosts = [HOST];
    get('ConfigMap/web-config').data['config.yaml'] = [
      'model_list:',
      '  - model_name: llama',
      '    litellm_params:',
      '      model: hosted_vllm/llama',
      `      api_base: ${base}`,
      'litellm_settings:',
      '  request_timeout: 620',
    ].join('\n');
    add({
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'model', namespace: 'edge' } },
      spec: { selector: { 'slipway.dev/workload': 'kong' }, ports: [{ port: 80, targetPort: 8000 }] },
    });
    change(drafts);
  });

test('accepts a base URL that leads through the gateway to the weighted route', () => {
  expect(client(`http://${HOST}/v1`)).toEqual([]);
});

test.each([
  ['model.llm.svc.cluster.local:8000', 'the apex Service of Canary/model, which always selects the primary: no request reaches the canary'],
  ['model.llm:8000', 'the apex Service of Canary/model, which always selects the primary: no request reaches the canary'],
  ['model-primary.llm.svc:8000', 'the Service of the primary of Canary/model: no request reaches the canary'],
  [
    'model-canary.llm.svc:8000',
    'the Service of the canary of Canary/model, which has no pods except during an analysis, and then those of the untested version',
  ],
  ['10.1.2.3:8000', 'the address of one pod: no other replica, and no canary, gets any of its requests'],
  ['10-1-2-3.llm.pod.cluster.local', 'the address of one pod: no other replica, and no canary, gets any of its requests'],
  ['model.edge', 'which leads to the proxies of GatewayClass kong, but no route there has the host model.edge'],
])('fails for %s as base URL', (host, message) => {
  expect(client(`http://${host}/v1`)).toEqual([`ConfigMap/web-config: /data/config.yaml has in line 5 "http://${host}/v1", ${message}`]);
});

test('fails for a Service of our own in front of the released pods', () => {
  expect(
    client('http://direct.llm.svc/v1', ({ add }) =>
      add({
        ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'direct', namespace: 'llm' } },
        spec: { selector: { 'slipway.dev/workload': 'model' }, ports: [{ port: 80, targetPort: 8080 }] },
      }),
    )[0],
  ).toMatch(/"http:\/\/direct\.llm\.svc\/v1", whose Service selects the pods of model itself: primary and canary share the requests by/);
});

test('fails for a variable that names the apex Service, in its own namespace by the short name', () => {
  expect(
    client(`http://${HOST}/v1`, ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'MODEL', value: 'http://model.llm:8000/v1' });
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/1/value is "http://model.llm:8000/v1", the apex Service of Canary/model, which always selects the primary: no request reaches the canary',
  ]);
});

test('fails for a weighted route that no client calls', () => {
  expect(client('https://api.example.com/v1')).toEqual([
    `ConfigMap/web-config: /data/config.yaml has in line 5 "https://api.example.com/v1", not "http://${HOST}", where Canary/model weighs requests: no request of a user would reach the canary`,
  ]);
});

test('fails for a base URL without a scheme, and for none at all', () => {
  expect(client('model.edge.svc.cluster.local/v1')).toEqual([
    expect.stringContaining('/data/config.yaml has in line 5 "model.edge.svc.cluster.local/v1", not "http://model.edge.svc.cluster.local"'),
  ]);
  expect(client(`http://${HOST}/v1`, ({ get }) => Object.assign(get('ConfigMap/web-config'), { data: {} }))).toEqual([
    expect.stringMatching(/^Canary\/model: \/spec\/service\/hosts\/0 is ".*", but no client has a base URL with this host: /),
  ]);
});

test('fails for a host whose Service leads to other proxies than those of the gateway', () => {
  expect(
    client('https://api.example.com/v1', ({ get }) => {
      get('Service/model').spec.selector['slipway.dev/workload'] = 'kong-internal';
    }),
  ).toEqual([
    `Canary/model: /spec/service/hosts/0 is "${HOST}", whose Service leads to the proxies of GatewayClass kong-internal, which do not serve the gateway of the Canary`,
  ]);
});

test('fails for a host whose Service is missing, or leads elsewhere', () => {
  expect(client(`http://${HOST}/v1`, ({ remove }) => remove('Service/model'))).toEqual([
    `Canary/model: /spec/service/hosts/0 is "${HOST}", but no Service of that name stands before the gateway's proxies`,
  ]);
  expect(
    client(`http://${HOST}/v1`, ({ get }) => {
      get('Service/model').spec.selector['slipway.dev/workload'] = 'kong-internal';
    }),
  ).toEqual([
    `ConfigMap/web-config: /data/config.yaml has in line 5 "http://${HOST}/v1", which leads to the proxies of GatewayClass kong-internal, but no route there has the host ${HOST}`,
  ]);
});
