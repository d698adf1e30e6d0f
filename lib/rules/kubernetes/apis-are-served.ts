import { there } from '../references/there';
import type { Rule } from '../rule';
import { REMOVED, SERVED_APIS, SUPPORTED } from './served-apis';

export const apisAreServed: Rule = {
  id: 'apis-are-served',
  title: `Every object is of a version and kind that Kubernetes ${SUPPORTED.oldest} to ${SUPPORTED.newest} or an addon serves.`,
  why: 'The API server does not know the kind in this version, and the sync of the whole app fails: now, or at the next upgrade of the cluster.',
  fix: 'Write the version that the message names; a kind that a new addon brings is added to lib/rules/kubernetes/served-apis.ts.',
  alone: true,
  *check(target) {
    for (const object of target.objects) {
      const { apiVersion, kind } = object;
      if (Object.hasOwn(SERVED_APIS, apiVersion) && SERVED_APIS[apiVersion]?.includes(kind)) continue;
      const served = Object.keys(SERVED_APIS).filter((version) => SERVED_APIS[version]?.includes(kind));
      const removed = Object.hasOwn(REMOVED, apiVersion) ? REMOVED[apiVersion] : undefined;
      if (served.length === 0) {
        const known = [...new Set(Object.values(SERVED_APIS).flat())];
        yield { object, field: '/kind', message: `is "${kind}", a kind that neither Kubernetes nor an addon has${there(known, kind)}` };
        continue;
      }
      const gone = removed === undefined ? 'which is not supported here' : `which Kubernetes ${removed} no longer serves`;
      yield { object, field: '/apiVersion', message: `is "${apiVersion}", ${gone}: ${kind} is ${served.join(' and ')}` };
    }
  },
};
