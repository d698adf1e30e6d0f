import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const SOURCES =
  'apiVersion: 1\ndatasources:\n  - name: Prometheus\n    type: prometheus\n    uid: prometheus\n  - name: Loki\n    uid: loki\n';
const config = (name: string, data: object): Draft => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'monitoring' },
  data,
});

interface Asked {
  readonly uid?: string;
  readonly source?: string;
  readonly expr?: string;
}

const dashboard = ({ uid = 'web', source = 'prometheus', expr = 'up{pod=~"$pod"}' }: Asked): Draft => ({
  ...{ uid, title: uid.toUpperCase(), schemaVersion: 39, templating: { list: [{ name: 'pod', datasource: { uid: source } }] } },
  panels: [{ type: 'row' }, { datasource: { uid: source }, targets: [{ datasource: { uid: source }, expr }] }],
});

const found = (...asked: readonly Asked[]) =>
  problems('dashboards-resolve', ({ add }) =>
    add(
      config('grafana', { 'datasources.yaml': SOURCES }),
      ...asked.map((each, i) => config(`dashboard-${i}`, { 'a.json': JSON.stringify(dashboard(each)) })),
    ),
  );
const AT = 'ConfigMap/dashboard-0: /data/a.json';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: how Grafana writes variables
test('accepts sources and variables that there are', () => {
  expect(found({}, { uid: 'other' })).toEqual([]);
  expect(found({ source: '-- Grafana --' }, { uid: 'b', source: '${source}' })).toEqual([]);
  expect(found({ expr: 'rate(up{pod=~"${pod:regex}", x="[[pod]]"}[$__rate_interval])' })).toEqual([]);
});

test.each<[string, Asked, string]>([
  ['a source of another Grafana', { source: 'P1809F7CD0C75ACF3' }, 'asks the source "P1809F7CD0C75ACF3", which Grafana is not told of'],
  ['a variable that is not defined', { expr: 'up{pod=~"$pods"}' }, 'uses $pods, a variable that it does not define (there: pod)'],
  ['one in braces', { expr: 'up{pod=~"${name}"}' }, 'uses $name, a variable that it does not define (there: pod)'],
])('fails for %s', (_, asked, message) => {
  expect(found(asked)).toEqual([expect.stringContaining(`${AT} ${message}`)]);
});

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the rest has none

test('fails for two dashboards of one name', () => {
  expect(found({}, {})).toEqual([
    'ConfigMap/dashboard-1: /data/a.json has uid "web", as the dashboard "WEB" has: Grafana keeps one of them',
  ]);
});

test('tells once of a source that has another name than all dashboards think', () => {
  expect(found({ source: 'prom' }, { uid: 'b', source: 'prom' }, { uid: 'c', source: 'prom' })).toEqual([
    'ConfigMap/grafana: /data/datasources.yaml tells Grafana of no source "prom", which 3 dashboards ask (there: loki, prometheus)',
  ]);
});

test('says nothing of sources where nobody provisions any', () => {
  expect(
    problems('dashboards-resolve', ({ add }) => add(config('dashboard', { 'a.json': JSON.stringify(dashboard({ source: 'any' })) }))),
  ).toEqual([]);
});
