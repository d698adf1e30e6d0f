import type { Installed } from './addon-releases';
import { prometheusStack } from './prometheus-release';

const own = ['Prometheus/main', 'Alertmanager/main', 'Deployment/grafana', 'Deployment/web', 'PrometheusRule/web'].map((id) => {
  const [kind = '', name = ''] = id.split('/');
  return { apiVersion: 'v1', kind, metadata: { name } };
});
const off = { enabled: false };
const right = { prometheus: off, alertmanager: off, grafana: off };

const faults = (values: object, objects = own): readonly string[] =>
  [...prometheusStack({ values, objects } as unknown as Installed)].map((fault) => fault.join(' '));

test('accepts a stack that brings what the cluster does not define', () => {
  expect(faults(right)).toEqual([]);
  expect(faults({}, [])).toEqual([]);
  expect(faults({ prometheusOperator: off, nodeExporter: off }, [])).toEqual([]);
});

test('fails for a second of what there is', () => {
  expect(faults({ ...right, prometheus: { enabled: true } })).toEqual([
    '/prometheus/enabled is not false: the chart would run another one beside Prometheus/main',
  ]);
  expect(faults({ prometheus: off, alertmanager: off })).toEqual([
    '/grafana/enabled is not false: the chart would run another one beside Deployment/grafana',
  ]);
});

test('fails for a part that is off though alerts or Prometheus count on it', () => {
  expect(faults({ ...right, prometheusOperator: off, kubeStateMetrics: off })).toEqual([
    '/prometheusOperator/enabled is false: nobody would run the Prometheus that the cluster defines',
    '/kubeStateMetrics/enabled is false: alerts about workloads would have nothing to look at',
  ]);
});
