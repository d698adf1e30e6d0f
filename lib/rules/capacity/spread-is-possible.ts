import type { Region } from '../../regions/region';
import { type Data, follow, path, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { Demand } from './demand';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const APART = path('/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/*');

/** How many places of each kind a region has at most; undefined for a key that no node carries. */
type Places = (key: string) => number | undefined;

export const spreadIsPossible: Rule = {
  id: 'spread-is-possible',
  title: 'The zones and nodes over which pods must be spread exist, as many as the spread demands.',
  why: 'With DoNotSchedule, minDomains or a required anti-affinity, a pod that finds no further zone or node stays Pending; a topology key that no node has spreads nothing.',
  fix: 'Spread over topology.kubernetes.io/zone and kubernetes.io/hostname with ScheduleAnyway, as spread() of lib/workloads/placement.ts does, or demand no more than the region has.',
  *check(target) {
    if (target.facts === undefined) return;
    const places = placesOf(target.facts.region);
    for (const demand of target.demands) {
      const { object, pod, podField, pods, because } = demand;
      for (const [i, constraint] of records(pod.topologySpreadConstraints).entries()) {
        yield* faults(demand, constraint, `${podField}/topologySpreadConstraints/${i}`, places);
      }
      for (const { field, value } of follow(pod, APART, podField)) yield* apart(demand, value?.topologyKey, `${field}/topologyKey`, places);
      // CloudNativePG's own way to say the same.
      if (object.kind === 'Cluster' && record(pod).podAntiAffinityType === 'required') {
        yield* apart({ object, pods, because }, pod.topologyKey ?? HOST, '/spec/affinity/topologyKey', places);
      }
    }
  },
};

function* faults({ object }: Demand, constraint: Data, field: string, places: Places): Iterable<Problem> {
  const { topologyKey, whenUnsatisfiable = 'DoNotSchedule', minDomains } = constraint;
  // A constraint without a key is for the API server to refuse; so is a skew below one.
  if (topologyKey === undefined) return;
  const there = places(String(topologyKey));
  if (there === undefined) {
    const effect = whenUnsatisfiable === 'DoNotSchedule' ? 'the pods would stay Pending' : 'nothing would be spread';
    yield { object, field: `${field}/topologyKey`, message: `is "${topologyKey}", a label that no node carries: ${effect}` };
  } else if (whenUnsatisfiable === 'DoNotSchedule' && Number(minDomains) > there) {
    yield { object, field: `${field}/minDomains`, message: `is ${minDomains}, but the region has ${there} of ${topologyKey}` };
  }
}

function* apart(
  { object, pods, because }: Pick<Demand, 'object' | 'pods' | 'because'>,
  key: unknown,
  field: string,
  places: Places,
): Iterable<Problem> {
  const there = places(String(key));
  if (there === undefined) yield { object, field, message: `is "${String(key)}", a label that no node carries` };
  else if (pods > there)
    yield { object, field, message: `keeps ${pods} pods (${because}) apart by ${String(key)}, of which the region has ${there}` };
}

function placesOf({ zones, cpuPool, systemPool, modelPool, gpuPool }: Region): Places {
  const pools = [cpuPool, systemPool, modelPool, gpuPool].filter((pool) => pool !== undefined);
  return (key) => {
    if (key === ZONE) return zones.length;
    if (key === HOST) return Math.max(...pools.map(({ maxNodes }) => maxNodes));
    if (key === 'topology.kubernetes.io/region') return 1;
    const values = new Set(pools.flatMap(({ labels }) => (labels[key] === undefined ? [] : [labels[key]])));
    return values.size === 0 ? undefined : values.size;
  };
}
