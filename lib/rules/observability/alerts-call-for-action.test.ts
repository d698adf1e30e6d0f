import { problems } from '../testing/problems';

const ALERT = {
  alert: 'EngineSlow',
  expr: 'histogram_quantile(0.95, latency{model="llama"}) > 1',
  for: '10m',
  labels: { severity: 'page' },
  annotations: { runbook_url: 'https://git.example.com/runbooks/engine-slow.md', summary: 'It is slow', description: 'Users wait' },
};
const rules = (groups: readonly object[]) =>
  problems('alerts-call-for-action', ({ add }) =>
    add({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'alerts', namespace: 'llm' },
      spec: { groups },
    }),
  );
const alert = (change: object) => rules([{ name: 'engine', rules: [{ ...ALERT, ...change }] }]);

test('accepts an alert that calls for action, and recording rules', () => {
  expect(alert({})).toEqual([]);
  expect(alert({ expr: 'absent(up{job="engine"})' })).toEqual([]);
  expect(rules([{ name: 'records', rules: [{ record: 'engine:rate', expr: 'rate(x[5m])' }] }])).toEqual([]);
});

test.each([
  [
    'no runbook',
    { annotations: { ...ALERT.annotations, runbook_url: undefined } },
    '/annotations/runbook_url is missing, not the URL of a runbook',
  ],
  ['no summary', { annotations: { ...ALERT.annotations, summary: ' ' } }, '/annotations/summary is missing'],
  ['no description', { annotations: { ...ALERT.annotations, description: undefined } }, '/annotations/description is missing'],
  ['no severity', { labels: {} }, '/labels/severity is missing'],
  [
    'a severity that nobody receives',
    { labels: { severity: 'warn' } },
    '/labels/severity is "warn", a severity that no route sends to anybody',
  ],
  ['no patience', { for: undefined }, '/for is missing'],
  ['a time that is none', { for: '10 minutes' }, '/for is "10 minutes", which is no duration'],
  ['patience for weeks', { for: '30d' }, '/for is "30d": whoever is told is told a day too late'],
  [
    'the page of another alert',
    { annotations: { ...ALERT.annotations, runbook_url: 'https://git.example.com/runbooks/engine-fast.md' } },
    '/annotations/runbook_url leads to "engine-fast", and the page of this alert is "engine-slow"',
  ],
  [
    'open braces',
    { annotations: { ...ALERT.annotations, summary: '{{ $labels.pod } is slow' } },
    '/annotations/summary opens braces that it does not close: nobody is told anything but that',
  ],
  ['no condition', { expr: 'latency{model!="llama"}' }, '/expr compares nothing, so that it fires as soon as its metric exists'],
])('fails for an alert with %s', (_, change, message) => {
  expect(alert(change)).toEqual([`PrometheusRule/alerts: /spec/groups/0/rules/0${message} (alert EngineSlow)`]);
});

test('fails for two groups of one name, without naming their alerts again', () => {
  const twice = [
    { name: 'engine', rules: [ALERT] },
    { name: 'engine', rules: [ALERT] },
  ];

  expect(rules(twice)).toEqual([
    'PrometheusRule/alerts: /spec/groups/1/name is "engine", which another group of the object is called already',
  ]);
});

test('fails for two alerts of one name', () => {
  const groups = ['engine', 'gateway'].map((name) => ({ name, rules: [ALERT] }));

  expect(rules(groups)).toEqual([
    'PrometheusRule/alerts: /spec/groups/1/rules/0/alert is "EngineSlow", a name that an alert has already in PrometheusRule/alerts',
  ]);
});
