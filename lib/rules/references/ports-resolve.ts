import type { Manifest } from '../../kubernetes/manifest';
import { type Data, follow, isRecord, path, record, records } from '../fields';
import type { ContainerPort, Pods } from '../pods';
import type { Problem, Rule } from '../rule';
import { monitored } from '../selections';
import { selects, selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';
import { there } from './there';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
  ['httpGet', 'tcpSocket', 'grpc'].map((action) => path(`/${probe}/${action}/port`)),
);
const HOOKS = ['postStart', 'preStop'].map((hook) => path(`/lifecycle/${hook}/httpGet/port`));

export const portsResolve: Rule = {
  id: 'ports-resolve',
  title: 'Every port that a probe, a Service, a Canary or a monitor names is declared where it leads.',
  why: 'Kubernetes accepts a wrong port: the probe then fails, the Service has no endpoints, or Prometheus scrapes nothing.',
  fix: 'Name the port as the container declares it, or declare it there.',
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      const declared = records(spec.ports);
      for (const { field: at, value } of [...PROBES, ...HOOKS].flatMap((each) => follow(spec, each, field))) {
        const message = unless(has(declared, value), value, `container ${spec.name}`, declared);
        if (message !== undefined) yield { object: workload.object, field: at, message };
      }
    }
    yield* services(target);
    yield* monitors(target);
  },
};

function* services(target: TargetIndex): Iterable<Problem> {
  const canaries = target.releases.flatMap(({ canary, workload }) => {
    const pods = (target.pods.get(canary.metadata.namespace ?? '') ?? []).filter(({ object }) => object === workload?.object);
    return [{ object: canary, pods, ports: [{ field: '/spec/service', value: record(canary.spec?.service) }] }];
  });
  const plain = target.all('Service').map((object) => {
    const all = target.pods.get(object.metadata.namespace ?? '') ?? [];
    const pods = isRecord(object.spec?.selector) ? all.filter(({ labels }) => selectsLabels(object.spec.selector, labels)) : [];
    return { object, pods, ports: follow(object, path('/spec/ports/*')) };
  });
  for (const { object, pods, ports } of [...plain, ...canaries]) {
    for (const { field, value } of ports) {
      const wanted = record(value).targetPort ?? record(value).port;
      for (const { of, ports: declared } of pods) {
        const message = declared === undefined ? undefined : unless(has(declared, wanted), wanted, of, declared);
        if (message !== undefined) {
          yield { object, field: record(value).targetPort === undefined ? `${field}/port` : `${field}/targetPort`, message };
          break;
        }
      }
    }
  }
}

function* monitors(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('PodMonitor.monitoring.coreos.com')) {
    const pods = monitored(object, target).flatMap((namespace) => target.pods.get(namespace) ?? []);
    const selected = pods.filter((each) => selects(object.spec?.selector, each.labels));
    for (const { field, value } of follow(object, path('/spec/podMetricsEndpoints/*/port'))) {
      const lost = selected.find(({ ports }) => ports !== undefined && !has(ports, value)) as Pods | undefined;
      if (lost?.ports !== undefined)
        yield { object, field, message: `is "${value}", which ${lost.of} does not declare${shown(lost.ports)}` };
      else yield* silent(object, field, value, selected);
    }
    for (const { field, value } of follow(object, path('/spec/podMetricsEndpoints/*/portNumber')))
      yield* silent(object, field, value, selected);
  }
  for (const object of target.all('ServiceMonitor.monitoring.coreos.com')) {
    const namespaces = new Set(monitored(object, target));
    for (const service of target.services.values()) {
      if (!namespaces.has(service.namespace) || !selects(object.spec?.selector, service.labels)) continue;
      for (const { field, value } of follow(object, path('/spec/endpoints/*/port'))) {
        if (service.ports.some(({ name }) => name === value)) continue;
        const names = there(service.ports.map(({ name, port }) => name ?? String(port)));
        yield { object, field, message: `is "${value}", which Service "${service.object.metadata.name}" does not have${names}` };
      }
    }
  }
}

/** A port on which something answers, and not with figures. */
function* silent(object: Manifest, field: string, port: unknown, selected: readonly Pods[]): Iterable<Problem> {
  for (const { of, metrics, ports } of selected) {
    const number = typeof port === 'number' ? port : ports?.find(({ name }) => name === port)?.containerPort;
    if (metrics === undefined || number === undefined || metrics.includes(number)) continue;
    const message = `is ${JSON.stringify(port)}, where ${of} tells no figures${there(metrics.map(String))}`;
    yield { object, field, message };
    return;
  }
}

const has = (declared: readonly Data[], port: unknown): boolean =>
  declared.some(({ name, containerPort }) => name === port || containerPort === port);

const shown = (declared: readonly ContainerPort[]): string =>
  there(declared.map(({ name, containerPort }) => `${name ?? ''} ${containerPort}`.trim()));

function unless(right: boolean, port: unknown, where: string, declared: readonly ContainerPort[]): string | undefined {
  return right ? undefined : `is ${JSON.stringify(port)}, which ${where} does not declare${shown(declared)}`;
}
