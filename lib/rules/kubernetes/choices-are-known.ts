import type { Manifest } from '../../kubernetes/manifest';
import { type Data, follow, path, record } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { CHOICES, type Choice, POD_CHOICES } from './choices';

const ROUTE_PATHS = [
  { of: 'HTTPRoute.gateway.networking.k8s.io', path: path('/spec/rules/*/matches/*/path'), value: 'value', type: 'type' },
  { of: 'Ingress.networking.k8s.io', path: path('/spec/rules/*/http/paths/*'), value: 'path', type: 'pathType' },
];

/** Fields of a Job that count. */
const COUNTS = ['activeDeadlineSeconds', 'backoffLimit', 'completions', 'parallelism'];

export const choicesAreKnown: Rule = {
  id: 'choices-are-known',
  title: 'Fields that take one of a few words hold one of them, counts are whole numbers, and paths begin at the root.',
  why: 'The API server refuses the object, and the sync of the whole app fails.',
  fix: 'Write one of the words that the message lists, with the same capitals, or the number that it asks for.',
  alone: true,
  *check(target) {
    for (const kind in CHOICES) {
      for (const object of target.all(kind)) yield* faults(object, object, CHOICES[kind] ?? [], '');
    }
    for (const { object, pod, field } of target.workloads) {
      yield* faults(object, pod, POD_CHOICES, field);
      const grace = pod.terminationGracePeriodSeconds;
      if (!isCount(grace)) yield { object, field: `${field}/terminationGracePeriodSeconds`, message: uncounted(grace) };
    }
    for (const object of target.all('Job.batch')) {
      for (const name of COUNTS) {
        const count = record(object.spec)[name];
        if (!isCount(count)) yield { object, field: `/spec/${name}`, message: uncounted(count) };
      }
    }
    yield* paths(target);
  },
};

function* faults(object: Manifest, root: Data, choices: readonly Choice[], at: string): Iterable<Problem> {
  for (const { path: way, values } of choices) {
    for (const { field, value } of follow(root, way, at)) {
      if (values.includes(value)) continue;
      yield { object, field, message: `is ${JSON.stringify(value)}, not one of ${values.filter((each) => each !== '').join(', ')}` };
    }
  }
}

function* paths(target: TargetIndex): Iterable<Problem> {
  for (const { of, path: way, value, type } of ROUTE_PATHS) {
    for (const object of target.all(of)) {
      for (const { field, value: match } of follow(object, way)) {
        const { [value]: written, [type]: how } = record(match);
        if (written === undefined || how === 'RegularExpression' || String(written).startsWith('/')) continue;
        yield { object, field: `${field}/${value}`, message: `is "${String(written)}", which does not begin with a slash` };
      }
    }
  }
}

const isCount = (value: unknown): boolean => value === undefined || (Number.isInteger(value) && (value as number) >= 0);
const uncounted = (value: unknown): string => `is ${JSON.stringify(value)}, not a whole number from 0`;
