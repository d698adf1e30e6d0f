import { behindIstio } from '../testing/behind-istio';
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

describe('two routes of Istio', () => {
  const uris = (...others: readonly Draft[]) =>
    problems(RULE, (drafts) => {
      behindIstio(drafts);
      const other = structuredClone(drafts.get('VirtualService/models'));
      other.metadata.name = 'second';
      other.spec.http[0].match = others.map((uri) => ({ uri }));
      drafts.add(other);
    });
  const other = (uri: string, taken: string, i = 0) =>
    `VirtualService/second: /spec/http/0/match/${i} answers to models.example.com ${uri}, as VirtualService/models in app does (${taken})`;

  test('may have paths of which neither begins like the other', () => {
    expect(uris({ exact: '/v1/models/iris2' }, { prefix: '/v1/models/iris2/' }, { regex: '/v1/models/iris/.*' })).toEqual([]);
  });

  test('fail for one path', () => {
    expect(uris({ exact: '/v1/models/iris' })).toEqual([other('/v1/models/iris', '/v1/models/iris')]);
    expect(uris({ prefix: '/v1/models/iris/' })).toEqual([other('/v1/models/iris/*', '/v1/models/iris/*')]);
  });

  test('fail for a path that begins like another, whichever is the longer one', () => {
    expect(uris({ exact: '/v1/models/iris/explain' })).toEqual([other('/v1/models/iris/explain', '/v1/models/iris/*')]);
    expect(uris({ prefix: '/v1/' })).toEqual([other('/v1/*', '/v1/models/iris')]);
  });

  test('may follow each other in one object where the longer path comes first', () => {
    const within = (...list: readonly Draft[]) =>
      problems(RULE, (drafts) => {
        behindIstio(drafts);
        drafts.get('VirtualService/models').spec.http[0].match = list.map((uri) => ({ uri }));
      });

    expect(within({ prefix: '/v1/models/iris/' }, { prefix: '/v1/' })).toEqual([]);
    expect(within({ prefix: '/v1/' }, { prefix: '/v1/models/iris/' })).toEqual([
      'VirtualService/models: /spec/http/0/match/1 answers to models.example.com /v1/models/iris/*, as an earlier route takes it (/v1/*)',
    ]);
  });

  test('fail for servers of one port and host', () => {
    expect(
      problems(RULE, (drafts) => {
        behindIstio(drafts);
        const second = structuredClone(drafts.get('Gateway/models'));
        second.metadata.name = 'second';
        second.spec.servers.splice(0, 1);
        drafts.add(second);
      }),
    ).toEqual(['Gateway/second: /spec/servers/0/hosts have "models.example.com" on port 443, as those of Gateway/models in istio-ingress']);
  });
});
