import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'routes-are-valid';
const route = (fields: object) => problems(RULE, ({ get }) => Object.assign(get('HTTPRoute/web').spec, fields));
const rule = (fields: object) => route({ rules: [{ backendRefs: [{ name: 'web', port: 80 }], ...fields }] });

test.each<[object, string]>([
  [{ parentRefs: undefined }, '/spec/parentRefs are missing, so that the route answers nobody'],
  [{ hostnames: [] }, '/spec/hostnames are missing, so that the route takes every host of its listeners'],
  [{ rules: [{}] }, '/spec/rules/0/backendRefs are missing, so that the route answers 500'],
])('fails for a route with %j', (fields, message) => {
  expect(route(fields)).toEqual([`HTTPRoute/web: ${message}`]);
});

test.each<[object, string]>([
  [{ backendRefs: [{ name: 'web' }] }, '/backendRefs/0/port is missing'],
  [
    { matches: [{ path: { type: 'Prefix', value: '/' } }] },
    '/matches/0/path/type is "Prefix", not one of Exact, PathPrefix, RegularExpression',
  ],
  [{ matches: [{ path: { type: 'PathPrefix', value: 'v1' } }] }, '/matches/0/path/value is "v1", which does not begin with a slash'],
])('fails for a rule with %j', (fields, message) => {
  expect(rule(fields)).toEqual([`HTTPRoute/web: /spec/rules/0${message}`]);
});

test('lets a redirect and a plugin that answers do without a backend', () => {
  expect(route({ rules: [{ filters: [{ type: 'RequestRedirect' }] }] })).toEqual([]);
  const change = ({ get }: { get: (id: string) => { spec: object; plugin?: string; metadata: { annotations: object } } }) => {
    get('KongPlugin/limits').plugin = 'request-termination';
    Object.assign(get('HTTPRoute/web').metadata.annotations, { 'konghq.com/plugins': 'limits' });
    Object.assign(get('HTTPRoute/web').spec, { rules: [{}] });
  };

  expect(problems(RULE, change)).toEqual([]);
});

test('fails for the path of an Ingress', () => {
  const spec = { rules: [{ http: { paths: [{ path: 'v1' }] } }] };
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'app' }, spec };

  expect(problems(RULE, ({ add }) => add(ingress))).toEqual([
    'Ingress/web: /spec/rules/0/http/paths/0/path is "v1", which does not begin with a slash',
  ]);
});

describe('a route of Istio', () => {
  const route = (change: (spec: Draft) => void) =>
    problems('routes-are-valid', (drafts) => {
      behindIstio(drafts);
      change(drafts.get('VirtualService/models').spec);
    });
  const first = (fields: object) => route(({ http }) => Object.assign(http[0], fields));
  const at = 'VirtualService/models: /spec';

  test('has hosts, and routes with a destination, a timeout and a number of tries', () => {
    expect([...route(() => {}), ...first({ route: undefined, redirect: { uri: '/' } })]).toEqual([]);
  });

  test('fails without hosts, routes or a destination', () => {
    expect(route((spec) => Object.assign(spec, { hosts: [], http: [] }))).toEqual([
      `${at}/hosts are missing, so that the route answers nobody`,
      `${at}/http is missing, so that the route leads nowhere`,
    ]);
    expect(first({ route: [] })).toEqual([`${at}/http/0/route is missing, so that the route answers 404`]);
  });

  test('fails for a path that does not begin at the root', () => {
    expect(first({ match: [{ uri: { exact: '/v1' } }, { uri: { prefix: 'v1/' } }] })).toEqual([
      `${at}/http/0/match/1/uri/prefix is "v1/", which does not begin with a slash`,
    ]);
  });

  test('fails where Istio’s own timeout and tries would hold', () => {
    expect(first({ timeout: undefined, retries: undefined })).toEqual([
      `${at}/http/0/timeout is missing, no duration: a model that hangs keeps its clients for ever`,
      `${at}/http/0/retries/attempts is missing: Istio's own are two, of answers of the server too`,
    ]);
    expect(first({ timeout: '70' })).toEqual([expect.stringContaining('/timeout is "70", no duration')]);
  });
});

test('fails for backends that all have no weight', () => {
  const weighed = (...weights: readonly (number | undefined)[]) =>
    rule({ backendRefs: weights.map((weight) => ({ name: 'web', port: 80, weight })) });

  expect([...weighed(0, 100), ...weighed(undefined, 0), ...weighed(undefined)]).toEqual([]);
  for (const each of [weighed(0), weighed(0, 0)])
    expect(each).toEqual(['HTTPRoute/web: /spec/rules/0/backendRefs all have the weight 0, so that the route answers 500']);
});

test('fails for two parents of one gateway, of which one names no listener', () => {
  const parents = (...more: readonly object[]) =>
    route({ parentRefs: more.map((each) => ({ name: 'public', namespace: 'edge', ...each })) });

  expect([...parents({}), ...parents({ sectionName: 'https' }, { port: 443 }), ...parents({}, { name: 'internal' })]).toEqual([]);
  expect(parents({ sectionName: 'https' }, {})).toEqual([
    'HTTPRoute/web: /spec/parentRefs/1/sectionName is missing beside another parent of the same gateway: the API server refuses the route',
  ]);
});

test('fails for a plugin that answers a question about health with an error', () => {
  const answers = (path: string, config: object) =>
    problems(RULE, ({ get }) => {
      Object.assign(get('KongPlugin/limits'), { plugin: 'request-termination', config });
      const { metadata, spec } = get('HTTPRoute/web');
      metadata.annotations['konghq.com/plugins'] = 'limits';
      spec.rules = [{ matches: [{ path: { type: 'Exact', value: path } }] }];
    });

  expect([...answers('/v1/health', { status_code: 204 }), ...answers('/admin', { status_code: 403 })]).toEqual([]);
  expect(answers('/v1/health', {})).toEqual([
    'KongPlugin/limits: /config/status_code is 503: whoever asks at /v1/health whether the gateway is well hears that it is not',
  ]);
});

test('fails for a route that leads many paths to one', () => {
  const rewritten = (type: string, rewrite: object) =>
    rule({ matches: [{ path: { type, value: '/api' } }], filters: [{ type: 'URLRewrite', urlRewrite: { path: rewrite } }] });

  expect(rewritten('PathPrefix', { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' })).toEqual([]);
  expect(rewritten('Exact', { type: 'ReplaceFullPath', replaceFullPath: '/v1' })).toEqual([]);
  expect(rewritten('PathPrefix', { type: 'ReplaceFullPath', replaceFullPath: '/' })).toEqual([
    'HTTPRoute/web: /spec/rules/0/filters/0/urlRewrite/path leads every path below the prefix to one and the same: replace the prefix alone',
  ]);
});
