import type { Manifest } from '../../kubernetes/manifest';
import { escaped, record, records } from '../fields';
import { perText } from '../per-text';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

/** Those that a cluster brings. */
const OF_THE_CLUSTER = /^(?:default-scheduler|gke\.io\/.+)$/;

/** What every node has, whether or not a pod asks for it. */
const OF_EVERY_NODE = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

const STRATEGIES = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'];

export const schedulersResolve: Rule = {
  id: 'schedulers-resolve',
  title: 'Every scheduler that pods name is there, has a name of its own, pods that name it, and weighs resources that pods ask for.',
  why: 'A pod whose scheduler is not there stays Pending. Two schedulers of one name place the same pods against each other, and a resource that no pod asks for weighs nothing: GPUs are scattered until no pair is left on a node.',
  fix: 'Take the name from the construct of the scheduler (lib/foundation/), and resources as pods request them, such as nvidia.com/gpu.',
  *check(target) {
    const profiles = [...profilesOf(target)];
    const names = profiles.flatMap(({ profile }) => profile.names);
    const asked = new Set<string>();
    for (const { object, pod, field } of target.workloads) {
      const name: unknown = pod.schedulerName;
      if (typeof name !== 'string' || OF_THE_CLUSTER.test(name)) continue;
      asked.add(name);
      if (names.includes(name)) continue;
      const message = `is "${name}", and no scheduler of the target is called so${there(names, name)}`;
      yield { object, field: `${field}/schedulerName`, message };
    }
    for (const each of profiles) yield* faults(each, asked, target);
  },
};

interface Configuration {
  readonly object: Manifest;
  readonly field: string;
  readonly profile: Profile;
}

interface Profile {
  readonly names: readonly string[];
  readonly strategies: readonly string[];
  readonly resources: readonly { readonly name: string; readonly weight: number }[];
}

function* profilesOf(target: TargetIndex): Iterable<Configuration> {
  for (const object of target.all('ConfigMap')) {
    for (const [name, text] of Object.entries(record(object.data))) {
      if (typeof text !== 'string' || !text.includes('kind: KubeSchedulerConfiguration')) continue;
      yield { object, field: `/data/${escaped(name)}`, profile: profileIn(text) };
    }
  }
}

/** The file is read line by line, as all files are that rules only look into. */
const profileIn = perText(
  (text): Profile => ({
    names: [...text.matchAll(/^[\s-]*schedulerName:\s*["']?([^\s"']+)/gm)].map(([, name = '']) => name),
    strategies: [...text.matchAll(/\bscoringStrategy:\s*\n\s*type:\s*["']?(\w+)/g)].map(([, type = '']) => type),
    resources: [...text.matchAll(/- name:\s*["']?([^\s"']+)["']?\s*\n\s*weight:\s*(-?\d+)/g)].map(([, name = '', weight]) => ({
      name,
      weight: Number(weight),
    })),
  }),
);

function* faults({ object, field, profile }: Configuration, asked: ReadonlySet<string>, target: TargetIndex): Iterable<Problem> {
  const { names, strategies, resources } = profile;
  // Where nothing is served yet, nobody asks for the scheduler, nor for what it weighs.
  const wanted = requestedIn(target);
  for (const name of names) {
    if (OF_THE_CLUSTER.test(name))
      yield { object, field, message: `has a profile "${name}", which is the cluster's own: two schedulers would place the same pods` };
    else if (wanted.size > 0 && !asked.has(name))
      yield { object, field, message: `has a profile "${name}", which no pod names${there(asked, name)}` };
  }
  for (const type of strategies) {
    if (!STRATEGIES.includes(type)) yield { object, field, message: `scores by ${type}, which is none of ${STRATEGIES.join(', ')}` };
  }
  for (const { name, weight } of resources) {
    if (!OF_EVERY_NODE.has(name) && wanted.size > 0 && !wanted.has(name))
      yield { object, field, message: `weighs ${name}, which no pod asks for${there(wanted, name)}` };
    if (weight < 1 || weight > 100) yield { object, field, message: `gives ${name} a weight of ${weight}, and it is from 1 to 100` };
  }
}

/** Resources of devices that pods ask for. */
function requestedIn(target: TargetIndex): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (resources: unknown): void => {
    for (const kind of ['limits', 'requests']) for (const name in record(record(resources)[kind])) if (name.includes('/')) found.add(name);
  };
  for (const { spec } of target.containers()) add(spec.resources);
  for (const { spec } of target.all('InferenceService.serving.kserve.io')) {
    add(record(record(spec?.predictor).model).resources);
    for (const { resources } of records(record(spec?.predictor).containers)) add(resources);
  }
  return found;
}
