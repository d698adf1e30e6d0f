import type { Rule } from '../rule';

/** What is above belongs to Kubernetes itself. */
const HIGHEST = 1_000_000_000;

const POLICIES = ['PreemptLowerPriority', 'Never'];

export const prioritiesAreChosen: Rule = {
  id: 'priorities-are-chosen',
  title: 'A priority is one that people may give, and pods get it by its name alone.',
  why: 'The API server refuses values above a billion. A class with globalDefault raises every pod that names no class, so that no pod comes first any more.',
  fix: 'Keep globalDefault false in lib/foundation/priority-classes.ts, and let each workload name its class.',
  alone: true,
  *check(target) {
    for (const object of target.all('PriorityClass.scheduling.k8s.io')) {
      const {
        value,
        globalDefault,
        preemptionPolicy: policy,
      } = object as { value?: unknown; globalDefault?: unknown; preemptionPolicy?: unknown };
      if (!Number.isInteger(value) || Math.abs(Number(value)) > HIGHEST)
        yield { object, field: '/value', message: `is ${JSON.stringify(value) ?? 'missing'}, not a whole number up to ${HIGHEST}` };
      if (globalDefault === true) yield { object, field: '/globalDefault', message: 'is true: pods that name no priority get this one' };
      if (policy !== undefined && !POLICIES.includes(String(policy)))
        yield { object, field: '/preemptionPolicy', message: `is "${policy}", not one of ${POLICIES.join(', ')}` };
    }
  },
};
