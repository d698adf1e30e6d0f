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
    'HTTPRoute/web: /spec/rules/0/timeouts/backendRequest is 60 s, less than the 620 s that ConfigMap/web-config waits behind it (/data/config.yaml)',
    'Service/web: /metadata/annotations/konghq.com~1read-timeout is 600 s, less than the 620 s that ConfigMap/web-config waits behind it (/data/config.yaml)',
  ]);
});

test('fails for a LiteLLM that gives up before the gateway, or waits for ever', () => {
  expect(path({ litellm: ['  request_timeout: 600'] })).toEqual([
    'ConfigMap/web-config: /data/config.yaml waits (near line 8) 600 s, less than the 610 s that Canary/model waits behind it (/spec/service/backendTimeout)',
  ]);
  expect(
    path({ litellm: [] }, ({ get }) => {
      const { data } = get('ConfigMap/web-config');
      data['config.yaml'] = data['config.yaml'].replace('      timeout: 620\n', '');
    }),
  ).toEqual([
    "ConfigMap/web-config: /data/config.yaml sets no request_timeout: LiteLLM's own is 6000 seconds, longer than everyone in front of it waits",
  ]);
});

test('fails for a gateway that gives up before the engine', () => {
  expect(path({ gateway: { backendTimeout: '60s' } })).toEqual([
    'Canary/model: /spec/service/backendTimeout is 60 s, less than the 600 s that Deployment/model may take for an answer (shutdown-timeout)',
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
    'ConfigMap/web-config: /data/config.yaml waits (near line 8) 300 s, less than the 600 s that Deployment/model may take for an answer (shutdown-timeout) (and 1 more)',
  ]);
});

test('fails for a client that gives up before LiteLLM', () => {
  expect(
    path({}, ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'AIOHTTP_CLIENT_TIMEOUT', value: '300' });
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/1/value is 300 s, less than the 620 s that ConfigMap/web-config waits behind it (/data/config.yaml)',
  ]);
});
