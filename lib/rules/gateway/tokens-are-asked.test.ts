import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'tokens-are-asked';
const after = (change: (drafts: Drafts) => void) =>
  problems(RULE, (drafts) => {
    behindIstio(drafts);
    change(drafts);
  });
const policy = (change: (spec: Draft) => void) => after(({ get }) => change(get('AuthorizationPolicy/models').spec));
const rule = (fields: object) => policy(({ rules }) => Object.assign(rules[0], fields));
const tokens = (fields: object) => after(({ get }) => Object.assign(get('RequestAuthentication/models').spec.jwtRules[0], fields));

const OPEN = 'Gateway/models: /spec/selector is of pods in istio-ingress where no AuthorizationPolicy denies requests without a token';

test('accepts a gateway where nobody passes without a token, and a target without one', () => {
  expect([...after(() => {}), ...problems(RULE)]).toEqual([]);
});

test.each<[string, Draft]>([
  ['denies everybody without any', { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] }],
  [
    'allows whoever has one, and plain requests, which are sent to HTTPS',
    {
      action: 'ALLOW',
      rules: [{ from: [{ source: { requestPrincipals: ['https://login.example.com/*'] } }] }, { to: [{ operation: { ports: ['80'] } }] }],
    },
  ],
])('accepts a policy that %s', (_, spec) => {
  expect(policy((it) => Object.assign(it, { action: undefined, ...spec }))).toEqual([]);
});

test('accepts policies that hold for every pod of the namespace', () => {
  expect(policy((spec) => void delete spec.selector)).toEqual([]);
});

test('fails where nobody tells who signs tokens', () => {
  const message = 'Gateway/models: /spec/selector is of pods in istio-ingress that no RequestAuthentication tells who signs tokens';

  expect(after(({ remove }) => remove('RequestAuthentication/models'))).toEqual([message]);
  expect(after(({ get }) => Object.assign(get('RequestAuthentication/models').spec.selector, { matchLabels: { app: 'other' } }))).toEqual([
    message,
  ]);
  expect(after(({ get }) => Object.assign(get('RequestAuthentication/models').metadata, { namespace: 'app' }))).toEqual([message]);
});

test('fails where requests without a token pass', () => {
  expect(after(({ remove }) => remove('AuthorizationPolicy/models'))).toEqual([OPEN]);
  expect(policy((spec) => Object.assign(spec.selector, { matchLabels: { app: 'other' } }))).toEqual([OPEN]);
  expect(policy((spec) => Object.assign(spec, { action: 'AUDIT' }))).toEqual([OPEN]);
  expect(rule({ from: [{ source: { notNamespaces: ['ml'] } }] })).toEqual([OPEN]);
});

test.each<[string, object]>([
  ['one path alone', { to: [{ operation: { paths: ['/v1/*'] } }] }],
  ['all ports but that of HTTPS', { to: [{ operation: { notPorts: ['80', '443'] } }] }],
  ['some requests', { when: [{ key: 'request.headers[x-internal]', notValues: ['true'] }] }],
  ['some callers', { from: [{ source: { notRequestPrincipals: ['*'], ipBlocks: ['10.0.0.0/8'] } }] }],
])('fails for a policy that denies them for %s', (_, fields) => {
  expect(rule(fields)).toEqual([OPEN]);
});

test('fails for a policy that also allows others', () => {
  const allow = (...rules: readonly Draft[]) =>
    policy((spec) => Object.assign(spec, { action: 'ALLOW', rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }, ...rules] }));

  expect(allow()).toEqual([]);
  expect(allow({ to: [{ operation: { paths: ['/health'] } }] })).toEqual([OPEN]);
  expect(allow({ from: [{ source: { ipBlocks: ['10.0.0.0/8'] } }] })).toEqual([OPEN]);
});

test('fails for a policy about an issuer that nobody knows: it lets nobody in', () => {
  expect(rule({ from: [{ source: { notRequestPrincipals: ['https://login.example.org/*'] } }] })).toEqual([
    'Gateway/models: /spec/selector is of pods that let in https://login.example.org/* alone, which none of their issuers signs (there: https://login.example.com)',
  ]);
});

test.each<[string, object, string]>([
  ['for anybody', { audiences: [] }, '/audiences are missing: tokens for other services of the issuer pass as well'],
  [
    'from wherever Istio looks',
    { fromHeaders: undefined },
    '/fromHeaders is missing: Istio reads tokens from queries too, which logs keep',
  ],
  ['from a query', { fromParams: ['token'] }, '/fromParams has tokens come in queries, which logs keep'],
  ['without keys', { jwksUri: undefined }, '/jwksUri is missing, and keys are not written: Istio asks the issuer where they are'],
  [
    'with keys in plain text',
    { jwksUri: 'http://login.example.com/keys' },
    '/jwksUri is "http://login.example.com/keys": whoever is on the way exchanges the keys',
  ],
])('fails for tokens %s', (_, fields, message) => {
  expect(tokens(fields)).toEqual([`RequestAuthentication/models: /spec/jwtRules/0${message}`]);
});

test('fails for a route of Kong to a model of KServe that asks nobody who they are', () => {
  const asked = (plugin: string) =>
    problems(RULE, ({ get, add }) => {
      add({
        ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'iris', namespace: 'app' } },
        spec: { predictor: { labels: { 'app.kubernetes.io/name': 'iris' } } },
      });
      get('Service/web').spec.selector = { 'app.kubernetes.io/name': 'iris' };
      get('HTTPRoute/web').metadata.annotations['konghq.com/plugins'] = 'other, limits';
      get('KongPlugin/limits').plugin = plugin;
    });

  expect([...asked('jwt'), ...asked('key-auth')]).toEqual([]);
  expect(asked('rate-limiting')).toEqual([
    'HTTPRoute/web: /metadata/annotations/konghq.com~1plugins names no plugin that asks who calls: iris would answer everybody',
  ]);
});
