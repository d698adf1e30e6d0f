import { type ModelPath, modelPath } from '../testing/model-path';
import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const path = (figures?: ModelPath, change: (drafts: Drafts) => void = () => {}) =>
  problems('timeouts-nest', (drafts) => {
    modelPath(drafts, figures);
    change(drafts);
  });

test('accepts hops that wait for the next one, equally long too', () => {
  expect([...path(), ...path({ route: '620s' })]).toEqual([]);
});

test('fails for an edge that gives up before LiteLLM', () => {
  expect(
    path({ route: '60s' }, ({ get }) => {
      get('Service/web').metadata.annotations['konghq.com/read-timeout'] = '600000';
    }),
  ).toEqual([
    'HTTPRoute/web: /spec/rules/0/timeouts/backendRequest is 60 s, less than the 620 s that ConfigMap/web-config behind it waits (/data/config.yaml)',
    'Service/web: /metadata/annotations/konghq.com~1read-timeout is 600 s, less than the 620 s that ConfigMap/web-config behind it waits (/data/config.yaml)',
  ]);
});

test('fails for a LiteLLM that gives up before the gateway, or waits for ever', () => {
  expect(path({ litellm: ['  request_timeout: 600'] })).toEqual([
    'ConfigMap/web-config: /data/config.yaml waits in line 8 600 s, less than the 610 s that Canary/model behind it waits (/spec/service/backendTimeout)',
  ]);
  expect(
    path({ litellm: [] }, ({ get }) => {
      const { data } = get('ConfigMap/web-config');
      data['config.yaml'] = data['config.yaml'].replace('      timeout: 620\n', '');
    }),
  ).toEqual([
    "ConfigMap/web-config: /data/config.yaml sets no request_timeout: LiteLLM's default is 6000 seconds, longer than Kong and clients wait",
  ]);
});

test('fails for a gateway that gives up before the engine', () => {
  expect(path({ gateway: { backendTimeout: '60s' } })).toEqual([
    'Canary/model: /spec/service/backendTimeout is 60 s, less than the 600 s that Deployment/model behind it may take for an answer (shutdown-timeout)',
  ]);
});

test('fails for a LiteLLM in front of the pods themselves', () => {
  expect(
    path({ litellm: ['  request_timeout: 300'] }, ({ get, remove, add }) => {
      remove('Canary/model');
      const { data } = get('ConfigMap/web-config');
      data['config.yaml'] = data['config.yaml'].replace('model.edge', 'model.llm').replace('timeout: 620', 'timeout: 300');
      add({
        ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'model', namespace: 'llm' } },
        spec: { selector: { 'app.kubernetes.io/name': 'model' }, ports: [{ port: 80, targetPort: 8080 }] },
      });
    }),
  ).toEqual([
    'ConfigMap/web-config: /data/config.yaml waits in line 8 300 s, less than the 600 s that Deployment/model behind it may take for an answer (shutdown-timeout); 1 more timeout of the object is as short',
  ]);
});

/** Open WebUI as a second service of the sample, behind a route of its own. */
const chat = (timeout: string | undefined, edge = '640s', base = 'http://web.app/v1') =>
  path({}, ({ get, add }) => {
    const [deployment, service, route] = ['Deployment/web', 'Service/web', 'HTTPRoute/web'].map((id) => structuredClone(get(id)));
    for (const each of [deployment, service, route]) each.metadata.name = 'chat';
    const { metadata, spec } = deployment.spec.template;
    metadata.labels = service.spec.selector = deployment.spec.selector.matchLabels = { 'app.kubernetes.io/name': 'chat' };
    spec.volumes = [];
    spec.containers[0].env = [
      { name: 'OPENAI_API_BASE_URLS', value: base },
      ...(timeout === undefined ? [] : [{ name: 'AIOHTTP_CLIENT_TIMEOUT', value: timeout }]),
    ];
    service.metadata.annotations = {};
    Object.assign(route.spec.rules[0], { backendRefs: [{ name: 'chat', port: 80 }], timeouts: { backendRequest: edge } });
    add(deployment, service, route);
  });

test('accepts a client that waits for LiteLLM, or for ever', () => {
  expect([...chat('630'), ...chat('')]).toEqual([]);
});

test('accepts a client that asks somebody else', () => {
  expect(chat('600', '640s', 'https://models.example.com/v1')).toEqual([]);
});

test('fails for a client that gives up before LiteLLM, by default too', () => {
  expect([...chat('600'), ...chat(undefined)]).toEqual([
    'Deployment/chat: /spec/template/spec/containers/0/env/1/value is 600 s, less than the 620 s that ConfigMap/web-config behind it waits (/data/config.yaml)',
    'Deployment/chat: /spec/template/spec/containers/0/env lacks AIOHTTP_CLIENT_TIMEOUT: the program would wait 300 s, less than the 620 s of LiteLLM behind it',
  ]);
});

test('fails for an edge that gives up before the client', () => {
  expect(chat('630', '60s')).toEqual([
    'HTTPRoute/chat: /spec/rules/0/timeouts/backendRequest is 60 s, less than the 630 s that Deployment/chat behind it waits (/spec/template/spec/containers/0/env/1/value)',
  ]);
});
