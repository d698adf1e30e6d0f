import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, follow, isRecord, path } from '../fields';
import { quantity } from '../quantity';
import type { Problem, Rule } from '../rule';
import { VERTICAL } from '../scalers';

const POSTGRES = 'Cluster.postgresql.cnpg.io';
const HPA = 'HorizontalPodAutoscaler.autoscaling';

/** Where quantities stand, beside the resources of containers; an object there holds one in each of its fields. */
const FIELDS = [
  { of: 'ResourceQuota', path: path('/spec/hard') },
  ...['min', 'max', 'default', 'defaultRequest'].map((bound) => ({ of: 'LimitRange', path: path(`/spec/limits/*/${bound}`) })),
  { of: 'PersistentVolumeClaim', path: path('/spec/resources/requests') },
  { of: 'StatefulSet.apps', path: path('/spec/volumeClaimTemplates/*/spec/resources/requests') },
  ...['storage/size', 'walStorage/size', 'resources/requests', 'resources/limits'].map((at) => ({
    of: POSTGRES,
    path: path(`/spec/${at}`),
  })),
  ...['pods/target/averageValue', 'external/target/averageValue', 'external/target/value', 'object/target/value'].map((at) => ({
    of: HPA,
    path: path(`/spec/metrics/*/${at}`),
  })),
  ...['minAllowed', 'maxAllowed'].map((bound) => ({ of: VERTICAL, path: path(`/spec/resourcePolicy/containerPolicies/*/${bound}`) })),
];

const SIZE = path('/volumes/*/emptyDir/sizeLimit');

export const quantitiesParse: Rule = {
  id: 'quantities-parse',
  title: 'Every amount is a quantity: digits and one of the suffixes that Kubernetes knows.',
  why: 'The API server refuses "4GB" and "2 Gi", but takes "400m" of memory, which is less than one byte.',
  fix: 'Write Mi or Gi after memory and storage, and m or nothing after CPUs.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      for (const side of ['requests', 'limits']) yield* faults(workload.object, spec.resources?.[side], `${field}/resources/${side}`);
    }
    for (const { object, pod, field } of target.workloads) {
      for (const found of follow(pod, SIZE, field)) yield* faults(object, found.value, found.field);
    }
    for (const { of, path: at } of FIELDS) {
      for (const object of target.all(of)) {
        for (const { field, value } of follow(object, at)) yield* faults(object, value, field);
      }
    }
  },
};

function* faults(object: Manifest, value: Data, field: string): Iterable<Problem> {
  if (isRecord(value)) {
    for (const name in value) yield* faults(object, value[name], `${field}/${escaped(name)}`);
    return;
  }
  if (value === undefined || value === null) return;
  const amount = quantity(value);
  if (!(amount >= 0)) {
    yield { object, field, message: `is ${JSON.stringify(value)}, which is no quantity` };
  } else if (amount > 0 && amount < 1024 && /(?:memory|storage|size|sizeLimit)$/.test(field)) {
    yield { object, field, message: `is ${JSON.stringify(value)}, less than 1 KiB: a suffix such as Mi or Gi is missing` };
  }
}
