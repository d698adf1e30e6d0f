import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const matcher = (name: string, value: string, matchType = '='): Draft => ({ name, value, matchType });
const PAGES = [matcher('severity', 'page')];

const route = () => ({
  ...{ receiver: 'ticket', groupWait: '30s', groupInterval: '5m', repeatInterval: '12h' },
  routes: [{ matchers: PAGES, receiver: 'page', repeatInterval: '1h' }] as Draft[],
});
const rule = (change: object = {}): Draft => ({
  sourceMatch: [matcher('severity', 'page')],
  targetMatch: [matcher('severity', 'ticket')],
  equal: ['model'],
  ...change,
});

const found = (change: (spec: Draft) => void = () => {}) =>
  problems('pages-are-told', ({ add }) => {
    const spec = { route: route(), inhibitRules: [rule()], receivers: [] };
    change(spec);
    const meta = (name: string) => ({ metadata: { name, namespace: 'monitoring' } });
    const alert = (name: string, severity: string) => ({ alert: name, labels: { severity } });
    add(
      { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', ...meta('routing'), spec },
      {
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager', ...meta('main') },
        spec: { alertmanagerConfiguration: { name: 'routing' }, retention: '120h' },
      },
      {
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', ...meta('alerts') },
        spec: { groups: [{ name: 'alerts', rules: [alert('EngineDown', 'page'), alert('EngineUnseen', 'ticket')] }] },
      },
    );
  });
const routed = (change: (route: Draft) => void) => found((spec) => change(spec.route));
const inhibited = (change: object) => found((spec) => void spec.inhibitRules.push(rule(change)));

test('accepts pages that are told at once, tickets that wait, and tickets that pages silence', () => {
  expect(found()).toEqual([]);
  expect(inhibited({ sourceMatch: [matcher('alertname', 'EngineDown')], equal: undefined })).toEqual([]);
});

test('lets tickets wait for hours where pages have a route of their own, also one beside which alerts go on', () => {
  expect(
    routed((each) => {
      each.groupWait = '3h';
      each.routes[0].groupWait = '10s';
    }),
  ).toEqual([]);
  expect(
    routed((each) => {
      each.routes[0].continue = true;
      each.repeatInterval = '20h';
    }),
  ).toEqual([]);
});

test.each([
  ['groupWait', '3h', 'is 3h: whoever is to be woken is told of an outage so much later'],
  ['groupInterval', '40m', 'is 40m: the next page of the same group waits for so long'],
])('fails for a %s of %s that pages take from the route above', (name, value, message) => {
  expect(routed((each) => void Object.assign(each, { [name]: value }))).toEqual([
    `AlertmanagerConfig/routing: /spec/route/${name} ${message}`,
  ]);
});

test('fails for pages that are not told again, and for waits that do not fit each other', () => {
  const repeated = (value: string) => routed((each) => void Object.assign(each.routes[0], { repeatInterval: value }));
  const at = 'AlertmanagerConfig/routing: /spec/route/routes/0/repeatInterval';

  expect(repeated('2d')).toEqual([`${at} is 2d: an outage that nobody saw to is not told again on the same day`]);
  expect(repeated('1m')).toEqual([`${at} is 1m, and a group is looked at every 5m: nothing is repeated sooner`]);
  expect(routed((each) => void Object.assign(each, { repeatInterval: '2w' }))).toEqual([
    'AlertmanagerConfig/routing: /spec/route/repeatInterval is 2w, and Alertmanager forgets after 120h what it has told',
  ]);
});

test('fails for a severity that no alert has, in a route and in an inhibition', () => {
  const message = 'is "paging", a severity that no alert has (there: page, ticket)';

  expect(routed((each) => void Object.assign(each.routes[0], { matchers: [matcher('severity', 'paging')] }))).toEqual([
    `AlertmanagerConfig/routing: /spec/route/routes/0/matchers/0/value ${message}`,
  ]);
  expect(inhibited({ sourceMatch: [matcher('severity', 'paging')] })).toEqual([
    `AlertmanagerConfig/routing: /spec/inhibitRules/1/sourceMatch/0/value ${message}`,
  ]);
});

test.each([
  ['its severity', matcher('severity', 'ticket')],
  ['its name', matcher('alertname', 'EngineUn.+', '=~')],
  ['not being a page', matcher('severity', 'page', '!=')],
])('fails for a ticket, known by %s, that silences pages', (_, source) => {
  expect(inhibited({ sourceMatch: [source], targetMatch: [matcher('alertname', 'EngineD.+', '=~')] })).toEqual([
    'AlertmanagerConfig/routing: /spec/inhibitRules/1 has a ticket silence a page: nobody is woken while something less urgent is open',
  ]);
});

test('fails for an inhibition of everything, and for one whose sides have nothing in common', () => {
  expect(inhibited({ targetMatch: [] })).toEqual([
    'AlertmanagerConfig/routing: /spec/inhibitRules/1/targetMatch is missing: every alert is silenced',
  ]);
  expect(inhibited({ equal: [] })).toEqual([
    'AlertmanagerConfig/routing: /spec/inhibitRules/1/equal is missing: one alert silences those about everything else',
  ]);
});
