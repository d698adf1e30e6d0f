import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'routes-say-what-kong-does';
const rules = (change: (rules: Draft[]) => void) => problems(RULE, ({ get }) => change(get('HTTPRoute/web').spec.rules));

test('accepts a route without backends', () => {
  expect(rules(([rule]) => void Object.assign(rule, { backendRefs: undefined, timeouts: undefined }))).toEqual([]);
});

test('fails for a Service with one of the timeouts', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Service/web').metadata.annotations = { 'konghq.com/write-timeout': '630000', 'konghq.com/connect-timeout': '5000' };
    }),
  ).toEqual([
    "Service/web: /metadata/annotations/konghq.com~1read-timeout is missing beside konghq.com/write-timeout: that of the route would hold, which may be another or Kong's own of 60 seconds",
  ]);
});

test('fails for a timeout that Kong does not read, and for the one it does not find', () => {
  expect(rules(([rule]) => void Object.assign(rule, { timeouts: { request: '630s' } }))).toEqual([
    'HTTPRoute/web: /spec/rules/0/timeouts/request is "630s", which Kong does not read: it knows backendRequest alone',
    "HTTPRoute/web: /spec/rules/0/timeouts/backendRequest is missing: Kong's own is 60 seconds, which cuts long answers off",
  ]);
  expect(rules(([rule]) => void Object.assign(rule, { timeouts: { backendRequest: 630 } }))).toEqual([
    'HTTPRoute/web: /spec/rules/0/timeouts/backendRequest is 630, not a duration such as "630s"',
  ]);
});

test('fails for rules of one route that differ', () => {
  expect(rules((all) => void all.push({ ...all[0], timeouts: { backendRequest: '30s' } }))).toEqual([
    'HTTPRoute/web: /spec/rules/1/timeouts/backendRequest is 30s, but 630s in another rule: Kong takes one for the route',
  ]);
});

test('fails for filters and matches that Kong does not know', () => {
  expect(
    rules(([rule]) => {
      rule.filters.push({ type: 'RequestMirror' });
      rule.backendRefs[0].filters = [{ type: 'RequestHeaderModifier' }];
      rule.matches = [{ queryParams: [{ name: 'version', value: '2' }] }];
    }),
  ).toEqual([
    'HTTPRoute/web: /spec/rules/0/filters/1/type is RequestMirror, which Kong refuses the route for',
    'HTTPRoute/web: /spec/rules/0/backendRefs/0/filters is set, which Kong refuses the route for',
    "HTTPRoute/web: /spec/rules/0/matches/0/queryParams is set, which Kong's router does not look at",
  ]);
});

test('fails for a redirect after which requests lose their bodies', () => {
  const answers = (status: string) =>
    problems(RULE, ({ get }) => {
      get('HTTPRoute/web').metadata.annotations['konghq.com/https-redirect-status-code'] = status;
    });
  const at = 'HTTPRoute/web: /metadata/annotations/konghq.com~1https-redirect-status-code';

  expect(['307', '308', '426'].flatMap(answers)).toEqual([]);
  expect(answers('301')).toEqual([`${at} is 301, after which clients repeat a POST as a GET, without its body`]);
  expect(answers('200')).toEqual([`${at} is 200, not one of 307, 308, 426`]);
});
