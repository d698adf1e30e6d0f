import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'paths-fit-models';
const model = (name: string, protocolVersion: string | undefined): Draft => ({
  ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name, namespace: 'app' } },
  spec: {
    predictor: { labels: { 'app.kubernetes.io/name': name }, model: { runtime: 'sklearn', ...(protocolVersion && { protocolVersion }) } },
  },
});
const runtime: Draft = {
  ...{ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'sklearn', namespace: 'app' } },
  spec: { protocolVersions: ['v2', 'v1'] },
};
const found = (path: string, protocol: string | undefined = 'v1') =>
  problems(RULE, ({ get, add }) => {
    add(model('iris', protocol), runtime);
    get('Service/web').spec.selector = { 'app.kubernetes.io/name': 'iris' };
    get('HTTPRoute/web').spec.rules[0].matches = [{ path: { type: 'PathPrefix', value: path } }];
  });
const AT = 'HTTPRoute/web: /spec/rules/0/matches/0/path/value is';

test('accepts paths of the model behind, in its protocol, and those that name no model', () => {
  expect([
    ...found('/v1/models/iris:predict'),
    ...found('/api/v2/models/iris/infer', 'v2'),
    ...found('/v2/models/iris/infer', ''),
    ...found('/v1/models'),
    ...problems(RULE),
  ]).toEqual([]);
});

test('fails for the name of another model', () => {
  expect(found('/v1/models/tulips:predict')).toEqual([`${AT} /v1/models/tulips:predict, and its backend serves iris: it answers 404`]);
});

test('fails for paths of another protocol', () => {
  expect(found('/v2/models/iris/infer')).toEqual([
    `${AT} /v2/models/iris/infer, and InferenceService/iris speaks v1 of the protocol: it answers 404`,
  ]);
});

test('fails for a route of Istio to another model', () => {
  expect(
    problems(RULE, (drafts) => {
      behindIstio(drafts);
      drafts.add(model('tulips', 'v1'));
      drafts.get('Service/web').spec.selector = { 'app.kubernetes.io/name': 'tulips' };
    }),
  ).toEqual([
    'VirtualService/models: /spec/http/0/match/0/uri/exact is /v1/models/iris, and its backend serves tulips: it answers 404',
    'VirtualService/models: /spec/http/0/match/1/uri/prefix is /v1/models/iris/, and its backend serves tulips: it answers 404',
  ]);
});

test.each([
  ['/v1/models/iris/predict', 'v1', ':predict'],
  ['/v2/models/iris:predict', 'v2', '/infer'],
])('fails for %s, which %s of the protocol does not have', (path, protocol, verb) => {
  expect(found(path, protocol)).toEqual([`${AT} ${path}, and ${protocol} of the protocol has no such path: ${verb} is meant`]);
});
