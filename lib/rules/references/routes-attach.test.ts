import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const parent = (change: object) =>
  problems('routes-attach', ({ get }) => void Object.assign(get('HTTPRoute/web').spec.parentRefs[0], change));

test('fails for a gateway that does not exist there', () => {
  expect(parent({ namespace: 'app' })).toEqual([
    'HTTPRoute/web: /spec/parentRefs/0/name names Gateway "public", which does not exist in app (there is none)',
  ]);
});

test('fails for a listener that the gateway does not have', () => {
  expect(parent({ sectionName: 'http' })).toEqual([
    'HTTPRoute/web: /spec/parentRefs/0/sectionName names listener "http", which Gateway "public" in edge does not have (there: https, models)',
  ]);
});

test('fails for a host that no listener serves', () => {
  expect(
    problems('routes-attach', ({ get }) => {
      get('HTTPRoute/web').spec.hostnames = ['web.example.com', 'web.example.org'];
    }),
  ).toEqual(['HTTPRoute/web: /spec/hostnames has "web.example.org", which no listener of its gateways serves (there: *.example.com)']);
});

const twoListeners = (hostnames: readonly string[]) =>
  problems('routes-attach', ({ get, remove }) => {
    remove('Canary/model');
    const [https, models] = get('Gateway/public').spec.listeners;
    https.hostname = 'web.example.com';
    models.hostname = 'all.example.com';
    Object.assign(get('HTTPRoute/web').spec, {
      hostnames,
      parentRefs: ['https', 'models'].map((sectionName) => ({ name: 'public', namespace: 'edge', sectionName })),
    });
  });

test('accepts hosts that several listeners serve together', () => {
  expect(twoListeners(['web.example.com', 'all.example.com'])).toEqual([]);
});

test("fails for a listener that serves none of the route's hosts", () => {
  expect(twoListeners(['web.example.com'])).toEqual([
    "HTTPRoute/web: /spec/parentRefs/1/sectionName names a listener that serves none of the route's hosts, web.example.com (there: all.example.com)",
  ]);
});

test('fails where the listener admits no routes from the namespace', () => {
  expect(
    problems('routes-attach', ({ get }) => {
      get('Gateway/public').spec.listeners[0].allowedRoutes = { namespaces: { from: 'Same' } };
    }),
  ).toEqual([
    'HTTPRoute/web: /spec/parentRefs/0/namespace names Gateway "public" in edge, whose listener "https" admits routes from its own namespace, not from app',
  ]);
});

test('fails for the route that Flagger would make', () => {
  expect(
    problems('routes-attach', ({ get }) => {
      get('Canary/model').spec.service.gatewayRefs[0].name = 'internal';
    }),
  ).toEqual(['Canary/model: /spec/service/gatewayRefs/0/name names Gateway "internal", which does not exist in edge (there: public)']);
});

test('accepts a route to all listeners that admit it', () => {
  expect(
    problems('routes-attach', ({ get }) => {
      delete get('HTTPRoute/web').spec.parentRefs[0].sectionName;
    }),
  ).toEqual([]);
});

describe('a route of Istio', () => {
  const changed = (id: string, change: (spec: Draft) => void) =>
    problems('routes-attach', (drafts) => {
      behindIstio(drafts);
      change(drafts.get(id).spec);
    });
  const taking = (host: string) =>
    changed('Gateway/models', ({ servers }) => {
      for (const { hosts } of servers) hosts[0] = host;
    });
  const route = (change: (spec: Draft) => void) => changed('VirtualService/models', change);

  test('binds to a gateway that takes its host from its namespace, and to the mesh if it likes', () => {
    expect([...route(() => {}), ...route(({ gateways }) => gateways.push('mesh'))]).toEqual([]);
  });

  test('fails for a gateway that does not exist, or is in another namespace', () => {
    expect(['istio-ingress/public', 'models'].flatMap((name) => route(({ gateways }) => gateways.splice(0, 1, name)))).toEqual([
      'VirtualService/models: /spec/gateways/0 names Gateway "public", which does not exist in istio-ingress (there: models)',
      'VirtualService/models: /spec/gateways/0 names Gateway "models", which does not exist in app (there is none)',
    ]);
  });

  test('fails without a gateway', () => {
    expect(route(({ gateways }) => gateways.splice(0, 1, 'mesh'))).toEqual([
      'VirtualService/models: /spec/gateways name no gateway, so that nobody outside of the mesh is answered',
    ]);
  });

  test('fails for a host that is not the gateway’s', () => {
    expect(route(({ hosts }) => hosts.push('web.example.com'))).toEqual([
      'VirtualService/models: /spec/hosts have "web.example.com", which no server of its gateways takes from app (there: app/models.example.com)',
    ]);
  });

  test.each(['llm/models.example.com', './models.example.com'])('fails where the gateway takes %s alone', (host) => {
    expect(taking(host)).toEqual([expect.stringContaining(`which no server of its gateways takes from app (there: ${host})`)]);
  });

  test('may have a host below one of the gateway', () => {
    expect(taking('*/*.example.com')).toEqual([]);
  });
});
