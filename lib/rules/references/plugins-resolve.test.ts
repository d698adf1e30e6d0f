import { problems } from '../testing/problems';

test('fails for a filter whose plugin does not exist', () => {
  expect(problems('plugins-resolve', ({ remove }) => remove('KongPlugin/limits'))).toEqual([
    'HTTPRoute/web: /spec/rules/0/filters/0/extensionRef names KongPlugin "limits", which does not exist in app (there is none)',
  ]);
});

test('fails for each name of an annotation that leads nowhere', () => {
  expect(
    problems('plugins-resolve', ({ get }) => {
      get('Service/web').metadata.annotations = { 'konghq.com/plugins': 'limits, login' };
    }),
  ).toEqual([
    'Service/web: /metadata/annotations/konghq.com~1plugins names KongPlugin "login", which does not exist in app (there: limits)',
  ]);
});

test('fails for the Services that Flagger would annotate', () => {
  expect(
    problems('plugins-resolve', ({ get }) => {
      get('Canary/model').spec.service.apex = { annotations: { 'konghq.com/plugins': 'limits' } };
    }),
  ).toEqual([
    'Canary/model: /spec/service/apex/annotations/konghq.com~1plugins names KongPlugin "limits", which does not exist in llm (there is none)',
  ]);
});

test('accepts a plugin of the whole cluster from every namespace', () => {
  expect(
    problems('plugins-resolve', ({ get, add }) => {
      get('Canary/model').metadata.annotations = { 'konghq.com/plugins': 'metrics' };
      add({ apiVersion: 'configuration.konghq.com/v1', kind: 'KongClusterPlugin', metadata: { name: 'metrics' }, plugin: 'prometheus' });
    }),
  ).toEqual([]);
});
