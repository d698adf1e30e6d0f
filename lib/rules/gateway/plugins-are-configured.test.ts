import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'plugins-are-configured';
const REDIS = { host: 'redis.app.svc', port: 6379 };
const limit = (config: Draft, rest: Draft = {}) =>
  problems(RULE, ({ get }) => Object.assign(get('KongPlugin/limits'), { plugin: 'rate-limiting', config, ...rest }));
const AT = 'KongPlugin/limits: /config';

test('accepts limits that all gateways count together', () => {
  expect(limit({ minute: 60, limit_by: 'ip', policy: 'redis', redis: REDIS })).toEqual([]);
  expect(limit({ minute: 60, policy: 'local' })).toEqual([]);
});

test('accepts a configuration that a Secret holds, and plugins that it does not know', () => {
  expect(limit(undefined, { configFrom: { secretKeyRef: { name: 'limits', key: 'config' } } })).toEqual([]);
  expect(limit({ anything: true }, { plugin: 'session' })).toEqual([]);
});

test.each([
  ['no limit', { policy: 'redis', redis: REDIS }, ['names no limit: one of second, minute, hour, day, month, year']],
  [
    'a field that it does not have',
    { minute: 1, minutes: 2, policy: 'redis', redis: REDIS },
    ['/minutes is no field of the plugin: it has second'],
  ],
  ['a text for a number', { minute: '60', policy: 'redis', redis: REDIS }, ['/minute is "60", not a whole number above 0']],
  ['another word', { minute: 1, limit_by: 'ips', policy: 'redis', redis: REDIS }, ['/limit_by is "ips", not one of consumer']],
  ['a count in each pod', { minute: 1, policy: 'local', redis: REDIS }, ['/policy is not redis, though one is named']],
  ['no Redis to count in', { minute: 1, policy: 'redis' }, ['/redis/host is missing: there is no Redis to count in']],
  ['a field that Redis does not have', { minute: 1, policy: 'redis', redis: { ...REDIS, hots: 'x' } }, ['/redis/hots is no field']],
])('fails for %s', (_, config, messages) => {
  expect(limit(config)).toEqual(messages.map((message) => expect.stringContaining(`${AT}${message.startsWith('/') ? '' : ' '}${message}`)));
});

test('fails for a patch of a field that there is not, and for a plugin that is switched off', () => {
  const config = { minute: 60, policy: 'redis', redis: REDIS };

  expect(limit(config, { configPatches: [{ path: '/redis/pasword' }, { path: '/redis/password' }], disabled: true })).toEqual([
    'KongPlugin/limits: /disabled is true: the plugin would do nothing',
    'KongPlugin/limits: /configPatches/0/path is "/redis/pasword", a field that rate-limiting does not have',
  ]);
});

test.each<[string, Draft, string]>([
  ['no status', { status_code: 2000 }, '/status_code is 2000, which is no status of HTTP'],
  ['two answers', { message: 'no', body: '{}', content_type: 'application/json' }, '/message is written beside a body'],
  ['a type of nothing', { content_type: 'application/json' }, '/body is missing, of which content_type says what it is'],
  ['JSON that is none', { content_type: 'application/json', body: '{status: ok}' }, '/body is no JSON, which application/json says'],
])('fails for an answer with %s', (_, config, message) => {
  expect(limit(config, { plugin: 'request-termination' })).toEqual([expect.stringContaining(AT + message)]);
});

test('accepts answers that clients can read, wherever they are from', () => {
  const from = { plugin: 'request-termination', configPatches: [{ path: '/body', valueFrom: {} }] };

  expect([
    ...limit({ content_type: 'application/json', body: '{"status":"ok"}', status_code: 200 }, { plugin: 'request-termination' }),
    ...limit({ content_type: 'application/x-pem-file' }, from),
    ...limit({ message: 'closed' }, { plugin: 'request-termination' }),
  ]).toEqual([]);
});

test('takes the share of requests that are traced for a number from 0 to 1', () => {
  const share = (rate: unknown) => limit({ traces_endpoint: 'http://x:4318', sampling_rate: rate }, { plugin: 'opentelemetry' });

  expect([0, 0.1, 1].flatMap(share)).toEqual([]);
  expect(share(2)).toEqual([`${AT}/sampling_rate is 2, not a number from 0 to 1`]);
});
