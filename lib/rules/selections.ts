import type { Manifest } from '../kubernetes/manifest';
import { type Data, follow, isRecord, path, record } from './fields';
import { ISTIO_GATEWAY } from './istio';
import { perObject } from './per-object';
import type { Pods } from './pods';
import { selects } from './selector';
import type { TargetIndex } from './target-index';

/** A label selector somewhere in the target, and the pods it can choose from. */
export interface Selection {
  readonly object: Manifest;
  readonly field: string;

  /** As `matchLabels` and `matchExpressions`; a Service's is brought into that form. */
  readonly selector: Data;

  /** Pods of the namespaces that the selector looks into. */
  readonly among: readonly Pods[];

  /** Pods that it selects. */
  readonly selected: readonly Pods[];
}

const PEERS = [path('/spec/ingress/*/from/*'), path('/spec/egress/*/to/*')];
const peersOf = perObject((object) => PEERS.flatMap((path) => follow(object, path)));
const ISTIO_POLICIES = ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map((kind) => `${kind}.security.istio.io`);
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Every selector of pods, but for those by which workloads know their own pods. */
export function* selections(target: TargetIndex): Iterable<Selection> {
  const selection = (object: Manifest, field: string, selector: Data, namespaces: readonly string[]): Selection => {
    const among = namespaces.flatMap((namespace) => target.pods.get(namespace) ?? []);
    return { object, field, selector, among, selected: among.filter(({ labels }) => selects(selector, labels)) };
  };

  for (const object of target.all('Service')) {
    const matchLabels = object.spec?.selector;
    if (isRecord(matchLabels)) yield selection(object, '/spec/selector', { matchLabels }, [object.metadata.namespace ?? '']);
  }
  for (const object of target.all('PodDisruptionBudget.policy')) {
    yield selection(object, '/spec/selector', object.spec?.selector, [object.metadata.namespace ?? '']);
  }
  for (const object of target.all('PodMonitor.monitoring.coreos.com')) {
    yield selection(object, '/spec/selector', object.spec?.selector, monitored(object, target));
  }
  for (const object of target.all(ISTIO_GATEWAY)) {
    yield selection(object, '/spec/selector', { matchLabels: object.spec?.selector }, [...target.pods.keys()]);
  }
  for (const kind of ISTIO_POLICIES) {
    for (const object of target.all(kind)) {
      if (isRecord(object.spec?.selector))
        yield selection(object, '/spec/selector', object.spec.selector, [object.metadata.namespace ?? '']);
    }
  }
  for (const object of target.all('NetworkPolicy.networking.k8s.io')) {
    const own = [object.metadata.namespace ?? ''];
    yield selection(object, '/spec/podSelector', object.spec?.podSelector, own);
    for (const { field, value } of peersOf(object)) {
      if (!isRecord(value?.podSelector)) continue;
      const namespaces = isRecord(value.namespaceSelector) ? namespacesOf(value.namespaceSelector, target) : own;
      yield selection(object, `${field}/podSelector`, value.podSelector, namespaces);
    }
  }
}

/** The namespaces that a PodMonitor or ServiceMonitor looks into. */
export function monitored({ metadata, spec }: Manifest, target: TargetIndex): readonly string[] {
  const { any, matchNames } = spec?.namespaceSelector ?? {};
  if (any === true) return [...target.pods.keys()];
  return Array.isArray(matchNames) ? matchNames : [metadata.namespace ?? ''];
}

/** The namespaces that a selector of namespaces chooses, of those with pods. */
export function namespacesOf(selector: Data, target: TargetIndex): readonly string[] {
  // Nearly every policy names one namespace by the label that the API server puts on it.
  const { [NAMESPACE_NAME]: named, ...others } = record(selector.matchLabels);
  if (typeof named === 'string' && selector.matchExpressions === undefined && Object.keys(others).length === 0) {
    return target.pods.has(named) ? [named] : [];
  }
  return [...target.pods.keys()].filter((name) =>
    selects(selector, { ...target.find('Namespace', '', name)?.metadata.labels, [NAMESPACE_NAME]: name }),
  );
}
