import { sample } from '../testing/sample-target';
import { changed, problemsOf } from '../testing/sound';

test('refuses hosts of an app that the target does not run', () => {
  const { gpt: _, ...without } = sample;
  const { gpt: __, ...quotas } = sample.foundation.quotas;
  const backup = { ...sample.backup, namespaces: ['codelab', 'kiva', 'litellm', 'ml'] };
  const edge = { ...sample.edge, appHosts: { gpt: ['chat.example.com'] } };

  expect(problemsOf({ ...sample, edge })).toEqual([]);
  expect(problemsOf({ ...without, backup, foundation: { ...sample.foundation, quotas }, edge })).toEqual([
    'Cannot use edge.appHosts.gpt of target "sample/atlantis-1" as the target runs no "gpt": give it settings, or take out its hosts (lib/environments/sample.ts)',
  ]);
});

test.each([
  ['edge', 'as no app of edge is published: take out its hosts'],
  ['llm', 'as no app of llm is published: take out its hosts'],
])('refuses hosts of %s', (app, mistake) => {
  expect(problemsOf(changed('edge.appHosts', { [app]: ['one.example.com'] }))).toEqual([expect.stringContaining(mistake)]);
});

test('refuses hosts of consoles that nobody publishes', () => {
  const withHost = changed('edge.appHosts', { monitoring: ['grafana.example.com'] });

  expect(problemsOf(withHost)).toEqual([]);
  expect(problemsOf(changed('monitoring.consoles', undefined, withHost))).toEqual([
    expect.stringContaining('as its consoles are not published: set monitoring.consoles, or take out its hosts'),
  ]);
});

test.each([
  [
    'challenge.zone',
    'example.net',
    'Cannot use "example.net" for edge.tls.challenge.zone of target "sample/atlantis-1" as no host of the target is in it',
  ],
  [
    'challenge.zone',
    'example.org',
    'as it proves "api.example.com" through a gateway, and its regions share it, so that another one may be asked: correct the zone',
  ],
  [
    'challenge',
    { kind: 'http01' },
    'as it proves "api.example.com" through a gateway, and its regions share it, so that another one may be asked: use dns01',
  ],
])('refuses edge.tls.%s %j, by which a host cannot be proved', (path, value, mistake) => {
  expect(problemsOf(changed(`edge.tls.${path}`, value))).toEqual([expect.stringContaining(mistake)]);
});

test('lets an app have a host outside of the zone, which the gateway proves', () => {
  expect(problemsOf(changed('edge.appHosts', { gpt: ['chat.example.net'] }))).toEqual([]);
});

test.each(['chat.example.test', 'chat.local', 'chat.example.internal'])(
  'refuses to have Let’s Encrypt sign for "%s", which no public DNS knows',
  (host) => {
    const mistake = `Cannot use edge.tls of target "sample/atlantis-1" as no public DNS knows "${host}"`;

    expect(problemsOf(changed('edge.appHosts', { gpt: [host] }))).toEqual([expect.stringContaining(mistake)]);
    expect(problemsOf(changed('edge.tls', { kind: 'internal-ca' }, changed('edge.appHosts', { gpt: [host] })))).toEqual([]);
  },
);

test('refuses to prove hosts through a gateway, or to publish one in DNS, that only the cluster reaches', () => {
  const inside = changed('edge.reachedBy', 'cluster');
  const alone = changed('edge.globalHost', undefined, changed('edge.appHosts', undefined, inside));

  expect(problemsOf(changed('edge.appHosts', undefined, inside))).toEqual([
    expect.stringContaining('Cannot use "api.example.com" for edge.globalHost of target "sample/atlantis-1" as DNS would lead everybody'),
  ]);
  expect(problemsOf(alone)).toEqual([]);
  expect(problemsOf(changed('edge.tls.challenge', { kind: 'http01' }, alone))).toEqual([
    expect.stringContaining('as nobody outside of the cluster reaches the gateway to prove "atlantis-1.api.example.com": use dns01'),
  ]);
});
