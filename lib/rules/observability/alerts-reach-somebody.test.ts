import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const object = (apiVersion: string, kind: string, name: string, spec: object): Draft => ({
  ...{ apiVersion: `monitoring.coreos.com/${apiVersion}`, kind, metadata: { name, namespace: 'monitoring' }, spec },
});
const told = (name: string) => ({ name, slackConfigs: [{ channel: '#alerts' }] });
const parts = () => ({
  prometheus: object('v1', 'Prometheus', 'prometheus', { alerting: { alertmanagers: [{ name: 'alertmanager-operated', port: 'web' }] } }),
  alertmanager: object('v1', 'Alertmanager', 'main', { alertmanagerConfiguration: { name: 'routing' } }),
  routing: object('v1alpha1', 'AlertmanagerConfig', 'routing', {
    route: { receiver: 'ticket', routes: [{ receiver: 'page' }, { routes: [{ receiver: 'page' }] }] },
    receivers: [told('ticket'), told('page')],
  }),
});
type Parts = ReturnType<typeof parts>;

const found = (change: (all: Parts) => void = () => {}, ...left: readonly (keyof Parts)[]) =>
  problems('alerts-reach-somebody', ({ add }) => {
    const all = parts();
    change(all);
    add(...Object.entries(all).flatMap(([name, each]) => (left.includes(name as keyof Parts) ? [] : [each])));
  });

test('accepts routes that end at receivers with a channel, and a target that nobody watches', () => {
  expect(found()).toEqual([]);
  expect(problems('alerts-reach-somebody')).toEqual([]);
});

test('fails for Prometheus without an Alertmanager', () => {
  expect(found(undefined, 'alertmanager')).toEqual([
    'Prometheus/prometheus: /spec/alerting/alertmanagers leads to no Alertmanager (there is none)',
  ]);
  expect(
    found(({ prometheus }) => {
      prometheus.spec.alerting = {};
    }),
  ).toEqual(['Prometheus/prometheus: /spec/alerting/alertmanagers leads to no Alertmanager (there: main)']);
});

test('fails for an Alertmanager without a configuration', () => {
  expect(found(undefined, 'routing')).toEqual([
    'Alertmanager/main: /spec/alertmanagerConfiguration/name is "routing", which no app defines (there is none)',
  ]);
});

test('fails for a route to nobody, and for a receiver without a channel', () => {
  expect(
    found(({ routing }) => {
      routing.spec.route.routes[1].routes[0].receiver = 'pager';
      routing.spec.receivers[0] = { name: 'ticket' };
    }),
  ).toEqual([
    'AlertmanagerConfig/routing: /spec/route/receiver is "ticket", a receiver that tells nobody',
    'AlertmanagerConfig/routing: /spec/route/routes/1/routes/0/receiver is "pager", which is no receiver (there: page, ticket)',
  ]);
});

test('accepts an Alertmanager by the number of its port, and by a name and a path of its own', () => {
  const asked = (endpoint: object, spec: object = {}) =>
    found(({ prometheus, alertmanager }) => {
      Object.assign(prometheus.spec.alerting.alertmanagers[0], endpoint);
      Object.assign(alertmanager.spec, spec);
    });

  expect(asked({ port: 9093, namespace: 'monitoring' })).toEqual([]);
  expect(asked({ port: 'api', pathPrefix: '/alerts/' }, { portName: 'api', routePrefix: '/alerts' })).toEqual([]);
});

test.each([
  ['port', 'http', 'is "http", where Alertmanager takes no alerts (there: web)'],
  ['namespace', 'elsewhere', 'is "elsewhere", where no Alertmanager runs (there: monitoring)'],
  ['pathPrefix', '/alerts', 'is "/alerts", and Alertmanager answers below "/"'],
  ['scheme', 'https', 'is https, and Alertmanager has no certificate'],
])('fails for alerts that are sent to another %s', (name, value, message) => {
  expect(found(({ prometheus }) => void Object.assign(prometheus.spec.alerting.alertmanagers[0], { [name]: value }))).toEqual([
    `Prometheus/prometheus: /spec/alerting/alertmanagers/0/${name} ${message}`,
  ]);
});
