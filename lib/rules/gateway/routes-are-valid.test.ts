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
