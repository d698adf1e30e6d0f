import type { Manifest } from '../../kubernetes/manifest';
import { behind } from '../endpoints';
import { records } from '../fields';
import { monitored } from '../selections';
import { selects } from '../selector';
import type { TargetIndex } from '../target-index';
import type { Call } from './call';

/** Where Alertmanagers take alerts, and where they talk to each other: lists by TCP, news by UDP. */
const ALERTS = 9093;
const GOSSIP = 9094;

/** What Prometheus reads. */
export function* scraped(target: TargetIndex): Iterable<Call> {
  const callers = [...target.pods.values()].flat().filter(({ object }) => object?.kind === 'Prometheus');
  for (const object of target.all('PodMonitor.monitoring.coreos.com')) {
    const pods = monitored(object, target).flatMap((name) => target.pods.get(name) ?? []);
    const answering = pods.filter(({ labels }) => selects(object.spec?.selector, labels));
    for (const [i, { port, portNumber = port, targetPort = portNumber }] of records(object.spec?.podMetricsEndpoints).entries()) {
      yield { object, field: `/spec/podMetricsEndpoints/${i}`, callers, answering: { pods: answering, port: targetPort } };
    }
  }
  for (const object of target.all('ServiceMonitor.monitoring.coreos.com')) {
    const namespaces = new Set(monitored(object, target));
    for (const [id, { namespace, labels }] of target.services) {
      if (!namespaces.has(namespace) || !selects(object.spec?.selector, labels)) continue;
      for (const [i, { port }] of records(object.spec?.endpoints).entries()) {
        const answering = behind(target, namespace, id.slice(namespace.length + 1), port);
        if (answering !== undefined) yield { object, field: `/spec/endpoints/${i}`, callers, answering };
      }
    }
  }
}

/** Prometheus tells Alertmanagers, which tell each other what they have sent on. */
export function* alerted(target: TargetIndex): Iterable<Call> {
  const managers = [...target.pods.values()].flat().filter(({ object }) => object?.kind === 'Alertmanager');
  for (const pods of managers) {
    const object = pods.object as Manifest;
    const answering = { pods: [pods], port: GOSSIP };
    if (!(Number(object.spec?.replicas) > 1)) continue;
    yield { object, field: '/spec/replicas', callers: [pods], answering };
    yield { object, field: '/spec/replicas', callers: [pods], answering, protocol: 'UDP' };
  }
  for (const object of target.all('Prometheus.monitoring.coreos.com')) {
    const callers = (target.pods.get(object.metadata.namespace ?? '') ?? []).filter((pods) => pods.object === object);
    for (const [i, { namespace = object.metadata.namespace }] of records(object.spec?.alerting?.alertmanagers).entries()) {
      const pods = managers.filter((each) => each.namespace === namespace);
      yield { object, field: `/spec/alerting/alertmanagers/${i}`, callers, answering: { pods, port: ALERTS } };
    }
  }
}
