import type { Rule } from '../rule';

const LABEL = 'pod-security.kubernetes.io/enforce';
const FIELD = `/metadata/labels/${LABEL.replace('/', '~1')}`;
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** Says why a namespace admits more than restricted pods. */
const REASON = 'slipway.dev/pod-security-reason';

export const namespacesEnforce: Rule = {
  id: 'namespaces-enforce',
  title: 'Every namespace enforces a Pod Security Standard: restricted, or a weaker one with its reason.',
  why: 'A namespace without the label admits pods that take over their node; a level or version that does not exist is refused or replaced by another.',
  fix: 'Add the namespace to lib/kubernetes/namespaces.ts, from which lib/foundation/namespaces.ts writes the labels; an addon that needs a weaker level says why there.',
  alone: true,
  *check(target) {
    for (const object of target.all('Namespace')) {
      const level = object.metadata.labels?.[LABEL];
      const version = object.metadata.labels?.[`${LABEL}-version`];
      if (level === undefined) yield { object, field: FIELD, message: 'is missing: the namespace would admit every pod' };
      else if (!LEVELS.includes(level)) yield { object, field: FIELD, message: `is "${level}", not one of ${LEVELS.join(', ')}` };
      else if (version !== undefined && !/^(?:latest|v1\.\d{1,2})$/.test(version)) {
        yield { object, field: `${FIELD}-version`, message: `is "${version}", neither latest nor a minor version such as v1.34` };
      } else if (level !== 'restricted' && (object.metadata.annotations?.[REASON] ?? '') === '') {
        yield { object, field: FIELD, message: `is ${level}, less than restricted, and no annotation ${REASON} says why` };
      }
    }
  },
};
