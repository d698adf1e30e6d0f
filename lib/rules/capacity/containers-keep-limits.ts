import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import { quantity } from '../quantity';
import type { Problem, Rule } from '../rule';

export const containersKeepLimits: Rule = {
  id: 'containers-keep-limits',
  title: 'Every container keeps the LimitRange of its namespace, with the limits that the range writes into it.',
  why: 'The API server refuses the pod, and the Deployment stays without it: the reason is in the events of its ReplicaSet only.',
  fix: 'Take a smaller size; the maximum of the LimitRange is the largest node of the region (lib/foundation/namespace-limits.ts).',
  *check(target) {
    const ranges = new Map<string, Data[]>();
    for (const object of target.all('LimitRange')) {
      const namespace = object.metadata.namespace ?? '';
      const limits = records(object.spec?.limits).filter(({ type }) => type === 'Container');
      ranges.set(namespace, [...(ranges.get(namespace) ?? []), ...limits]);
      for (const [i, limit] of limits.entries()) yield* contradictions(object, limit, `/spec/limits/${i}`);
    }
    for (const { spec, field, workload } of target.containers()) {
      for (const range of ranges.get(workload.namespace) ?? []) {
        yield* faults(workload.object, `${field}/resources`, record(spec.resources), range, ` (container ${spec.name})`);
      }
    }
    for (const object of target.all('Cluster.postgresql.cnpg.io')) {
      for (const range of ranges.get(object.metadata.namespace ?? '') ?? []) {
        yield* faults(object, '/spec/resources', record(object.spec?.resources), range, '');
      }
    }
  },
};

function* faults(object: Manifest, field: string, { requests, limits }: Data, range: Data, whose: string): Iterable<Problem> {
  const asked = record(requests);
  const allowed = record(limits);
  const most = record(range.max);
  const least = record(range.min);
  // What the API server writes into a container that says nothing.
  const filled = { ...most, ...record(range.default) };
  for (const resource of new Set([...Object.keys(most), ...Object.keys(least), ...Object.keys(filled)])) {
    const request = asked[resource] ?? allowed[resource] ?? record(range.defaultRequest)[resource];
    const limit = allowed[resource] ?? filled[resource];
    for (const [side, value] of [
      ['requests', request],
      ['limits', limit],
    ]) {
      if (quantity(value) > quantity(most[resource])) {
        yield {
          object,
          field: `${field}/${side}/${resource}`,
          message: `is ${value}, more than the ${most[resource]} of the namespace${whose}`,
        };
      } else if (quantity(value) < quantity(least[resource])) {
        yield {
          object,
          field: `${field}/${side}/${resource}`,
          message: `is ${value}, less than the ${least[resource]} of the namespace${whose}`,
        };
      }
    }
    if (allowed[resource] === undefined && quantity(request) > quantity(limit)) {
      const message = `is ${request}, more than the limit of ${limit} that the LimitRange writes into a container without one${whose}`;
      yield { object, field: `${field}/requests/${resource}`, message };
    }
  }
}

/** A range that contradicts itself is refused as a whole. */
function* contradictions(object: Manifest, range: Data, field: string): Iterable<Problem> {
  const order = ['min', 'defaultRequest', 'default', 'max'];
  for (const [i, lower] of order.entries()) {
    for (const upper of order.slice(i + 1)) {
      for (const [resource, value] of Object.entries(record(range[lower]))) {
        const bound = record(range[upper])[resource];
        if (!(quantity(value) > quantity(bound))) continue;
        yield { object, field: `${field}/${lower}/${resource}`, message: `is ${String(value)}, more than its ${upper} of ${bound}` };
      }
    }
  }
}
