import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const BOUNDED = ['pods', 'requests.cpu', 'requests.memory'];
const ACCELERATORS = 'nvidia.com/gpu';

/** What a LimitRange says of containers, as problems name it, and whether it does. */
const SAID: readonly (readonly [string, (limit: Data) => boolean])[] = [
  ['a default memory limit', (limit) => 'memory' in record(limit.default)],
  ['default requests', (limit) => 'cpu' in record(limit.defaultRequest) && 'memory' in record(limit.defaultRequest)],
];

export const namespacesAreLimited: Rule = {
  id: 'namespaces-are-limited',
  title: 'Every namespace of an app has a quota of all that its pods request, and defaults for containers that say nothing.',
  why: 'Without a quota one namespace takes the nodes and GPUs that another needs, and nobody refuses it. With a quota, but without defaults, the API server refuses every pod that does not say what it requests, such as those of an operator.',
  fix: 'Give the namespace a quota in foundation.quotas of lib/environments: lib/foundation/namespace-limits.ts makes a ResourceQuota and a LimitRange of it.',
  *check(target) {
    const accelerated = target.demands.some(({ requests }) => (requests[ACCELERATORS] ?? 0) > 0);
    const bounded = accelerated ? [...BOUNDED, `requests.${ACCELERATORS}`] : BOUNDED;
    // Proxies of a gateway come from a chart, but count among the pods of its namespace.
    const gateways = target.all('Gateway.gateway.networking.k8s.io').map(({ metadata }) => metadata.namespace);
    const used = new Set([...gateways, ...target.demands.map(({ namespace }) => namespace)]);
    for (const object of target.all('Namespace')) {
      const { name } = object.metadata;
      if (!used.has(name)) continue;
      for (const message of lacking(target, name, bounded))
        yield { object, field: '/metadata/name', message: `is ${name}, a namespace ${message}` };
    }
  },
};

function* lacking(target: TargetIndex, namespace: string, bounded: readonly string[]): Iterable<string> {
  const there = (kind: string): readonly Manifest[] => target.all(kind).filter(({ metadata }) => metadata.namespace === namespace);

  const quotas = there('ResourceQuota').flatMap(({ spec }) => Object.keys(record(spec?.hard)));
  const unbounded = bounded.filter((resource) => !quotas.includes(resource));
  if (unbounded.length > 0) yield `in which no ResourceQuota bounds ${unbounded.join(', ')}`;

  const limits = there('LimitRange').flatMap(({ spec }) => records(spec?.limits));
  const ofContainers = limits.filter(({ type }) => type === 'Container');
  const unsaid = SAID.filter(([, says]) => !ofContainers.some(says)).map(([what]) => what);
  if (unsaid.length > 0) yield `in which no LimitRange gives containers ${unsaid.join(' and ')}`;
}
