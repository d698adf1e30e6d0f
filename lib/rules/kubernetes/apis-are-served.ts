import type { Rule } from '../rule';
import { REMOVED, SERVED_APIS, SUPPORTED } from './served-apis';

export const apisAreServed: Rule = {
  id: 'apis-are-served',
  title: `Every object is of a version and kind that Kubernetes ${SUPPORTED.oldest} to ${SUPPORTED.newest} or an addon serves.`,
  why: 'The sync of the whole app fails on a kind or version that the API server does not know: at the next upgrade of the cluster, if not today.',
  fix: 'Take the version that is served; a kind that a new addon brings is added to lib/rules/kubernetes/served-apis.ts.',
  alone: true,
  *check(target) {
    for (const object of target.objects) {
      const { apiVersion, kind } = object;
      if (Object.hasOwn(SERVED_APIS, apiVersion) && SERVED_APIS[apiVersion]?.includes(kind)) continue;
      const served = Object.keys(SERVED_APIS).filter((version) => SERVED_APIS[version]?.includes(kind));
      const removed = Object.hasOwn(REMOVED, apiVersion) ? REMOVED[apiVersion] : undefined;
      const gone = removed === undefined ? 'which is not served' : `which Kubernetes ${removed} no longer serves`;
      const instead = served.length === 0 ? `no version of ${kind} is` : `${kind} is ${served.join(' and ')}`;
      yield { object, field: '/apiVersion', message: `is "${apiVersion}", ${gone}: ${instead}` };
    }
  },
};
