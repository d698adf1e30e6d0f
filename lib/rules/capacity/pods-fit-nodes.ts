import type { Taint } from '../../regions/region';
import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Demand } from './demand';
import { type NodeOffer, offersOf } from './node-offer';
import { shown } from './pod-size';

/** Labels that kubelet gives every node, whatever the pool. */
const ON_EVERY_NODE = /^(?:kubernetes\.io\/(?:os|arch|hostname)|topology\.kubernetes\.io\/|node\.kubernetes\.io\/)/;

export const podsFitNodes: Rule = {
  id: 'pods-fit-nodes',
  title:
    'Every pod fits a node of the pool that it selects, beside the daemons, and tolerates its taints; a daemon selects nodes that there are.',
  why: 'A pod that is larger than every node, selects a label that no node has, or does not tolerate a taint stays Pending; the cluster autoscaler adds no node for it.',
  fix: 'Take nodeSelector and tolerations from placed() of lib/workloads/placement.ts, and a size that leaves the node its own share; pools are in lib/environments/regions.ts.',
  *check(target) {
    if (target.facts === undefined) return;
    const offers = offersOf(target.facts.region, target);
    for (const demand of [...target.demands, ...daemonsOf(target)]) {
      const { object, podField: field, pod } = demand;
      const selected = offers.filter(({ pool }) => selects(record(pod.nodeSelector), pool.labels));
      if (selected.length === 0) {
        const message = `is ${list(pod.nodeSelector)}, which no pool of ${target.facts.region.name} carries (${offers.map(labelled).join('; ')})`;
        yield { object, field: `${field}/nodeSelector`, message };
        continue;
      }
      const tolerated = selected.filter(({ pool }) => pool.taints.every((taint) => tolerates(records(pod.tolerations), taint)));
      if (tolerated.length === 0) {
        const taints = selected.flatMap(({ pool, name }) =>
          pool.taints.map(({ key, value, effect }) => `${name}: ${key}${value === undefined ? '' : `=${value}`}:${effect}`),
        );
        yield {
          object,
          field: `${field}/tolerations`,
          message: `do not tolerate the taints of the nodes that the pod selects (${taints.join(', ')})`,
        };
        continue;
      }
      const faults = tolerated.map((offer) => tooLarge(demand, offer));
      if (faults.every((fault) => fault !== undefined)) {
        yield {
          object,
          field: field.endsWith('affinity') ? '/spec/resources' : `${field}/containers`,
          message: `request ${faults.join('; ')}`,
        };
      }
    }
  },
};

/** Pods that run once on each node that they select. What they ask for is taken off what the nodes offer. */
const daemonsOf = (target: TargetIndex): readonly Pick<Demand, 'object' | 'podField' | 'pod' | 'requests' | 'name'>[] =>
  target.workloads
    .filter(({ object }) => object.kind === 'DaemonSet')
    .map(({ object, field: podField, pod }) => ({ object, podField, pod, requests: {}, name: object.metadata.name }));

function tooLarge({ requests, name }: Pick<Demand, 'requests' | 'name'>, { amounts, name: pool }: NodeOffer): string | undefined {
  for (const resource in requests) {
    const asked = requests[resource] ?? 0;
    const offered = amounts[resource.endsWith('/gpu') ? 'gpu' : resource];
    if (offered === undefined || asked <= offered) continue;
    return `${shown(resource, asked)} ${resource} for a pod of ${name}, but a node of the ${pool} offers ${shown(resource, offered)}`;
  }
  return undefined;
}

const selects = (selector: Data, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([label, value]) => labels[label] === value || (labels[label] === undefined && ON_EVERY_NODE.test(label)));

const tolerates = (tolerations: readonly Data[], taint: Taint): boolean =>
  tolerations.some(
    ({ key, operator = 'Equal', value = '', effect }) =>
      (key === undefined || key === '' ? operator === 'Exists' : key === taint.key) &&
      (operator === 'Exists' || value === (taint.value ?? '')) &&
      (effect === undefined || effect === '' || effect === taint.effect),
  );

const list = (labels: Data): string =>
  Object.entries(record(labels))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
const labelled = ({ name, pool }: NodeOffer): string => `${name}: ${list(pool.labels) || 'no labels'}`;
