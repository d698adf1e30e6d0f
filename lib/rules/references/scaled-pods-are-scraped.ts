import { type Data, follow, path, records } from '../fields';
import { key, kindOf } from '../object-key';
import type { Pods } from '../pods';
import type { Rule } from '../rule';
import { scalers } from '../scalers';
import { monitored } from '../selections';
import { selects } from '../selector';
import type { TargetIndex } from '../target-index';
import { there } from './there';

const POD_METRIC = path('/spec/metrics/*/pods');

export const scaledPodsAreScraped: Rule = {
  id: 'scaled-pods-are-scraped',
  title: 'Whatever an autoscaler measures in pods is read from the pods that it scales.',
  why: 'An autoscaler whose metric has no value does nothing: it neither adds pods under load nor removes any, and tells so in its own status only.',
  fix: 'Have the pods scraped with scrapePods or scrapeService of lib/observability/scrape.ts; name a container that the pods have.',
  *check(target) {
    for (const { object, kind, namespace, name } of scalers(target)) {
      if (object.kind !== 'HorizontalPodAutoscaler') continue;
      for (const { field, value } of follow(object, POD_METRIC)) {
        const metric = String(value?.metric?.name);
        const pods = (target.pods.get(namespace) ?? []).filter(
          (each) =>
            each.object !== undefined && key(kindOf(each.object), namespace, each.object.metadata.name) === key(kind, namespace, name),
        );
        if (pods.length > 0 && !pods.every((each) => isScraped(each, target))) {
          yield {
            object,
            field: `${field}/metric/name`,
            message: `is "${metric}", but no PodMonitor or ServiceMonitor reads the pods of ${name}`,
          };
        }
      }
      yield* containers(object, target, key(kind, namespace, name));
    }
  },
};

/** A share of what is requested needs a request, in the container that is named. */
function* containers(object: Data, target: TargetIndex, scaled: string): Iterable<{ object: Data; field: string; message: string }> {
  const workload = target.workloads.find((each) => key(kindOf(each.object), each.namespace, each.object.metadata.name) === scaled);
  for (const [i, { containerResource }] of records(object.spec?.metrics).entries()) {
    const name = containerResource?.container;
    if (workload === undefined || name === undefined || workload.containers.some(({ spec, init }) => !init && spec.name === name)) continue;
    const names = workload.containers.filter(({ init }) => !init).map(({ spec }) => String(spec.name));
    yield {
      object,
      field: `/spec/metrics/${i}/containerResource/container`,
      message: `is "${name}", which the pods do not have${there(names)}`,
    };
  }
}

function isScraped(pods: Pods, target: TargetIndex): boolean {
  const direct = target
    .all('PodMonitor.monitoring.coreos.com')
    .some((monitor) => monitored(monitor, target).includes(pods.namespace) && selects(monitor.spec?.selector, pods.labels));
  if (direct) return true;
  return target.all('ServiceMonitor.monitoring.coreos.com').some((monitor) => {
    const namespaces = monitored(monitor, target);
    return target
      .all('Service')
      .some(
        ({ metadata, spec }) =>
          metadata.namespace === pods.namespace &&
          namespaces.includes(pods.namespace) &&
          selects(monitor.spec?.selector, metadata.labels ?? {}) &&
          selects({ matchLabels: spec?.selector }, pods.labels),
      );
  });
}
