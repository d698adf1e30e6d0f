import { follow, path, record } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { CHOICES, POD_CHOICES } from './choices';
import { OBJECT_FAULTS, podFaults } from './object-faults';

const ROUTE_PATHS = [
  { of: 'HTTPRoute.gateway.networking.k8s.io', path: path('/spec/rules/*/matches/*/path'), value: 'value', type: 'type' },
  { of: 'Ingress.networking.k8s.io', path: path('/spec/rules/*/http/paths/*'), value: 'path', type: 'pathType' },
];

export const objectsWellFormed: Rule = {
  id: 'objects-well-formed',
  title: 'Bounds, choices and paths are such as the API server takes: minimum below maximum, one bound of a budget, paths from the root.',
  why: 'The API server refuses the object, and the sync of the whole app fails.',
  fix: 'Correct the field; the constructs of lib/workloads write these.',
  *check(target) {
    for (const object of target.objects) {
      if (Object.hasOwn(OBJECT_FAULTS, object.kind)) {
        for (const [field, message] of OBJECT_FAULTS[object.kind]?.(record(object.spec), object) ?? []) yield { object, field, message };
      }
      if (!Object.hasOwn(CHOICES, object.kind)) continue;
      for (const { path: at, values } of CHOICES[object.kind] ?? []) {
        for (const { field, value } of follow(object, at)) {
          if (!values.includes(value)) yield { object, field, message: other(value, values) };
        }
      }
    }
    for (const { object, pod, field } of target.workloads) {
      for (const [at, message] of podFaults(object.kind, pod)) yield { object, field: `${field}${at}`, message };
      for (const { path: at, values } of POD_CHOICES) {
        for (const { field: found, value } of follow(pod, at, field)) {
          if (!values.includes(value)) yield { object, field: found, message: other(value, values) };
        }
      }
    }
    yield* paths(target);
  },
};

const other = (value: unknown, values: readonly string[]): string =>
  `is ${JSON.stringify(value)}, not one of ${values.filter(Boolean).join(', ')}`;

function* paths(target: TargetIndex): Iterable<Problem> {
  for (const { of, path: at, value, type } of ROUTE_PATHS) {
    for (const object of target.all(of)) {
      for (const { field, value: match } of follow(object, at)) {
        const { [value]: written, [type]: how } = record(match);
        if (written === undefined || how === 'RegularExpression' || String(written).startsWith('/')) continue;
        yield { object, field: `${field}/${value}`, message: `is "${String(written)}", which does not begin with a slash` };
      }
    }
  }
}
