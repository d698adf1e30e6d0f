import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'hosts-are-unique';
const second = (change: (route: Draft) => void) =>
  problems(RULE, ({ get, add }) => {
    const route = structuredClone(get('HTTPRoute/web'));
    route.metadata.name = 'second';
    change(route);
    add(route);
  });

test('accepts another host, another path and another gateway', () => {
  expect([
    ...second(({ spec }) => void spec.hostnames.splice(0, 1, 'api.example.com')),
    ...second(({ spec }) => void Object.assign(spec.rules[0], { matches: [{ path: { type: 'Exact', value: '/health' } }] })),
    ...second(({ spec }) => void Object.assign(spec.parentRefs[0], { name: 'internal' })),
  ]).toEqual([]);
});

test('fails for two routes of one host and path', () => {
  expect(second(() => {})).toEqual(['HTTPRoute/second: /spec/rules answers to web.example.com /, as HTTPRoute/web in app does']);
});

test('fails for a Canary and a route of one host', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Canary/model').spec.service.hosts = ['web.example.com'];
    }),
  ).toEqual(['Canary/model: /spec/service/hosts answers to web.example.com /, as HTTPRoute/web in app does']);
});

test('fails for listeners of one name, or of one port and host', () => {
  expect(
    problems(RULE, ({ get }) => {
      const { listeners } = get('Gateway/public').spec;
      listeners.push({ ...listeners[0] }, { ...listeners[1], name: 'more', hostname: 'models.example.com' });
    }),
  ).toEqual([
    'Gateway/public: /spec/listeners/2/name is "https", the name of another listener',
    'Gateway/public: /spec/listeners/2/hostname is *.example.com on port 443, which listener "https" serves',
  ]);
});
