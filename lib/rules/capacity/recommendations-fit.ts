import type { Manifest } from '../../kubernetes/manifest';
import { primary } from '../canary';
import { record, records } from '../fields';
import { key } from '../object-key';
import { quantity } from '../quantity';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import { RECOMMENDING, type Scaler, scalers, VERTICAL } from '../scalers';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** What can be recommended. */
const RESOURCES = ['cpu', 'memory'];

export const recommendationsFit: Rule = {
  id: 'recommendations-fit',
  title: 'A vertical autoscaler watches pods that serve, touches none of them, and recommends within bounds that hold what they request.',
  why: 'It changes what autoscalers of replicas divide by, and evicts an engine that takes minutes to load; a Deployment that Flagger released has no pods to learn from; and bounds the wrong way round are obeyed in silence.',
  fix: 'Write it by SizeRecommendation of lib/workloads/size-recommendation.ts, for the primary where Flagger releases the Deployment.',
  *check(target) {
    const watched = new Map<string, Manifest>();
    for (const scaler of scalers(target)) {
      const { object, field, kind, namespace, name } = scaler;
      if (!isVertical(object)) continue;

      const mode = object.spec?.updatePolicy?.updateMode;
      if (!RECOMMENDING.includes(mode)) {
        const shown = mode === undefined ? 'missing, and so Recreate' : `"${String(mode)}"`;
        yield {
          object,
          field: '/spec/updatePolicy/updateMode',
          message: `is ${shown}: pods that run are resized${there(RECOMMENDING.map(String))}`,
        };
      }
      const other = watched.get(key(kind, namespace, name));
      if (other !== undefined)
        yield { object, field: `${field}/name`, message: `is "${name}", which ${other.metadata.name} watches as well` };
      watched.set(key(kind, namespace, name), object);

      const release = target.releases.find((each) => each.namespace === namespace && each.target === name);
      if (release !== undefined && kind === 'Deployment.apps') {
        const message = `is "${name}", which Flagger scales to zero between releases: the pods to learn from are those of "${primary(name)}"`;
        yield { object, field: `${field}/name`, message };
      }
      const workload = workloadOf(scaler, target);
      if (workload !== undefined) yield* faultsOfPolicies(object, workload);
    }
  },
};

const isVertical = ({ apiVersion, kind }: Manifest): boolean => `${kind}.${apiVersion.split('/')[0]}` === VERTICAL;

/** What makes the pods that are watched; those of a primary are copies of what is released. */
function workloadOf({ kind, namespace, name }: Scaler, target: TargetIndex): Workload | undefined {
  const release = target.releases.find((each) => each.namespace === namespace && primary(each.target) === name);
  if (release !== undefined && kind === 'Deployment.apps') return release.workload;
  const object = target.find(kind, namespace, name);
  return target.workloads.find((each) => each.object === object);
}

function* faultsOfPolicies(object: Manifest, { containers }: Workload): Iterable<Problem> {
  const running = containers.filter(({ init, spec }) => !init || spec.restartPolicy === 'Always');
  for (const [i, policy] of records(object.spec?.resourcePolicy?.containerPolicies).entries()) {
    const field = `/spec/resourcePolicy/containerPolicies/${i}`;
    const { containerName, minAllowed, maxAllowed } = policy;
    const meant = running.filter(({ spec }) => containerName === '*' || spec.name === containerName);
    if (meant.length === 0) {
      const message = `is "${String(containerName)}", which its pods do not run${there(running.map(({ spec }) => String(spec.name)))}`;
      yield { object, field: `${field}/containerName`, message };
    }
    for (const [bound, amounts] of Object.entries({ minAllowed: record(minAllowed), maxAllowed: record(maxAllowed) })) {
      for (const resource of Object.keys(amounts)) {
        if (RESOURCES.includes(resource)) continue;
        yield { object, field: `${field}/${bound}`, message: `has ${resource}, of which nothing is recommended${there(RESOURCES)}` };
      }
    }
    for (const resource of RESOURCES) {
      const [least, most] = [record(minAllowed)[resource], record(maxAllowed)[resource]];
      if (quantity(least) > quantity(most)) {
        yield { object, field: `${field}/minAllowed/${resource}`, message: `is ${least}, more than the ${most} of maxAllowed` };
        continue;
      }
      for (const { spec } of meant) {
        const requested = record(record(spec.resources).requests)[resource];
        if (quantity(requested) < quantity(least))
          yield {
            object,
            field: `${field}/minAllowed/${resource}`,
            message: `is ${least}, more than the ${requested} that ${spec.name} requests`,
          };
        if (quantity(requested) > quantity(most))
          yield {
            object,
            field: `${field}/maxAllowed/${resource}`,
            message: `is ${most}, less than the ${requested} that ${spec.name} requests`,
          };
      }
    }
  }
}
