import { problems } from '../testing/problems';

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
