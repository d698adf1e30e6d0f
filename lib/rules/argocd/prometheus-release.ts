import { record } from '../fields';
import type { Fault, Installed } from './addon-releases';

/** Parts of the chart that it brings unless it is told not to, and how one of our own is recognized. */
const OWN: readonly (readonly [part: string, kind: string, name?: string])[] = [
  ['prometheus', 'Prometheus'],
  ['alertmanager', 'Alertmanager'],
  ['grafana', 'Deployment', 'grafana'],
];

/** Parts without which the objects of a kind are worth nothing. */
const NEEDED: readonly (readonly [part: string, kind: string, because: string])[] = [
  ['prometheusOperator', 'Prometheus', 'nobody would run the Prometheus that the cluster defines'],
  ['kubeStateMetrics', 'PrometheusRule', 'alerts about workloads would have nothing to look at'],
  ['nodeExporter', 'PrometheusRule', 'alerts about nodes would have nothing to look at'],
];

/** Whether the stack leaves alone what the cluster has already, and brings what it lacks. */
export function* prometheusStack({ values, objects }: Installed): Iterable<Fault> {
  for (const [part, kind, name] of OWN) {
    const own = objects.find((each) => each.kind === kind && (name === undefined || each.metadata.name === name));
    if (own !== undefined && record(values[part]).enabled !== false)
      yield [`/${part}/enabled`, `is not false: the chart would run another one beside ${kind}/${own.metadata.name}`];
  }
  for (const [part, kind, because] of NEEDED) {
    if (record(values[part]).enabled === false && objects.some((each) => each.kind === kind))
      yield [`/${part}/enabled`, `is false: ${because}`];
  }
}
