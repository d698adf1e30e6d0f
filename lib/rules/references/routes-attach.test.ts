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
    'HTTPRoute/web: /spec/parentRefs/0/sectionName names listener "http", which edge/public does not have (there: https, models)',
  ]);
});

test('fails for a host that the listener does not serve', () => {
  expect(
    problems('routes-attach', ({ get }) => {
      get('HTTPRoute/web').spec.hostnames = ['web.example.com', 'web.example.org'];
    }),
  ).toEqual([
    'HTTPRoute/web: /spec/parentRefs/0/sectionName attaches to a listener that does not serve "web.example.org" (there: *.example.com)',
  ]);
});

test('fails where the listener admits no routes from the namespace', () => {
  expect(
    problems('routes-attach', ({ get }) => {
      get('Gateway/public').spec.listeners[0].allowedRoutes = { namespaces: { from: 'Same' } };
    }),
  ).toEqual(['HTTPRoute/web: /spec/parentRefs/0/namespace attaches to edge/public, whose listener admits no routes from app']);
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
