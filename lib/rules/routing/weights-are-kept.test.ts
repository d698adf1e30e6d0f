import { problems } from '../testing/problems';

const RULE = 'weights-are-kept';
const plugin = (namespace: string, type: string) => ({
  ...{ apiVersion: 'configuration.konghq.com/v1', kind: 'KongPlugin' },
  ...{ metadata: { name: 'chat', namespace }, plugin: type },
});
const attached = { annotations: { 'konghq.com/plugins': 'limits, chat' } };

test('accepts plugins that change neither upstream nor answer', () => {
  expect(
    problems(RULE, ({ get, add }) => {
      add(plugin('llm', 'correlation-id'));
      get('Canary/model').spec.service.apex = attached;
    }),
  ).toEqual([]);
});

test('fails for a plugin that calls its own upstream, on the weighted route or in front of it', () => {
  expect([
    ...problems(RULE, ({ get, add }) => {
      add(plugin('llm', 'ai-proxy'));
      get('Canary/model').spec.service.apex = attached;
    }),
    ...problems(RULE, ({ get, add }) => {
      add(plugin('app', 'ai-proxy-advanced'));
      Object.assign(get('HTTPRoute/web').metadata, attached);
    }),
  ]).toEqual([
    'Canary/model: /spec/service/apex/annotations/konghq.com~1plugins attaches "chat" (ai-proxy), which goes past the weights of the release',
    'HTTPRoute/web: /metadata/annotations/konghq.com~1plugins attaches "chat" (ai-proxy-advanced), which goes past the weights of the release',
  ]);
});

test('accepts an answer of the gateway itself on a route that is not weighted', () => {
  expect(
    problems(RULE, ({ get, add }) => {
      add(plugin('app', 'request-termination'));
      Object.assign(get('HTTPRoute/web').metadata, attached);
    }),
  ).toEqual([]);
});

test('fails for a global plugin of the gateway', () => {
  const global = (ingressClass: string) =>
    problems(RULE, ({ add }) =>
      add({
        ...{ apiVersion: 'configuration.konghq.com/v1', kind: 'KongClusterPlugin', plugin: 'forward-proxy' },
        metadata: { name: 'proxy', labels: { global: 'true' }, annotations: { 'kubernetes.io/ingress.class': ingressClass } },
      }),
    );

  expect(global('other')).toEqual([]);
  expect(global('kong')).toEqual([
    'KongClusterPlugin/proxy: /plugin is forward-proxy, which goes past the weights of every release of its gateway',
  ]);
});
