import { problems } from '../testing/problems';

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
