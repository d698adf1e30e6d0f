import { behindIstio } from '../testing/behind-istio';
import { modelPath } from '../testing/model-path';
import { problems } from '../testing/problems';

const RULE = 'gateways-are-guarded';

test('accepts the API of models, and any path in front of other services', () => {
  expect([
    ...problems(RULE),
    ...problems(RULE, (drafts) => {
      modelPath(drafts);
      drafts.get('HTTPRoute/web').spec.rules[0].matches = [{ path: { value: '/v1' } }, { path: { value: '/litellm' } }];
    }),
  ]).toEqual([]);
});

test('fails for a route that publishes the administration of LiteLLM', () => {
  const publishes = (matches: object[]) =>
    problems(RULE, (drafts) => {
      modelPath(drafts);
      drafts.get('HTTPRoute/web').spec.rules[0].matches = matches;
    });

  expect([...publishes([]), ...publishes([{ path: { value: '/v1' } }, { path: { value: '/key/' } }])]).toEqual([
    'HTTPRoute/web: /spec/rules/0/matches/0/path/value is /, below which LiteLLM administers keys, users and models',
    'HTTPRoute/web: /spec/rules/0/matches/1/path/value is /key/, below which LiteLLM administers keys, users and models',
  ]);
});

test('fails for a listener that any namespace may answer on', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Gateway/public').spec.listeners[0].allowedRoutes = { namespaces: { from: 'All' } };
    }),
  ).toEqual([
    'Gateway/public: /spec/listeners/0/allowedRoutes/namespaces/from is All: any namespace could answer to the hosts of this listener',
  ]);
});

test('fails for a class whose proxies Kong would look for elsewhere', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('GatewayClass/kong').spec.controllerName = 'konghq.com/kic-gateway-controller';
      get('Gateway/public').spec.listeners[1].port = 80;
    }),
  ).toEqual([
    'GatewayClass/kong: /metadata/annotations/konghq.com~1gatewayclass-unmanaged is not "true": Kong would look for proxies that it starts itself, and leave the Gateways of this class unserved',
  ]);
});

test.each(['*/models.example.com', 'models.example.com'])(
  'fails for a gateway of Istio with %s, which any namespace may answer to',
  (host) => {
    expect(
      problems(RULE, (drafts) => {
        behindIstio(drafts);
        drafts.get('Gateway/models').spec.servers[1].hosts = ['app/other.example.com', host];
      }),
    ).toEqual([
      'Gateway/models: /spec/servers/1/hosts take routes to "models.example.com" from any namespace: write <namespace>/models.example.com',
    ]);
  },
);

test('fails for a listener of Kong at a port that its Service does not have', () => {
  const listens = (controllerName: string) =>
    problems(RULE, ({ get }) => {
      Object.assign(get('GatewayClass/kong'), { spec: { controllerName } });
      get('GatewayClass/kong').metadata.annotations['konghq.com/gatewayclass-unmanaged'] = 'true';
      get('Gateway/public').spec.listeners = [
        { name: 'http', port: 80, protocol: 'HTTP' },
        { name: 'https', port: 8443, protocol: 'HTTPS' },
      ];
    });

  expect(listens('example.com/other')).toEqual([]);
  expect(listens('konghq.com/kic-gateway-controller')).toEqual([
    'Gateway/public: /spec/listeners/1/port is 8443, at which the proxies are not reached: their Service has 443 for HTTPS',
  ]);
});

test('fails for a server of Istio at a port that its pods do not have', () => {
  expect(
    problems(RULE, (drafts) => {
      behindIstio(drafts);
      drafts.get('Gateway/models').spec.servers[1].port.number = 8443;
    }),
  ).toEqual(['Gateway/models: /spec/servers/1/port/number is 8443, at which the proxies are not reached (there: 15090, 443, 80)']);
});
