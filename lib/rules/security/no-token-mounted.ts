import { records } from '../fields';
import type { Rule } from '../rule';

export const noTokenMounted: Rule = {
  id: 'no-token-mounted',
  title: 'Pods carry no token for the Kubernetes API.',
  why: 'Whoever breaks into a pod with a token talks to the API server with the rights of its service account.',
  fix: 'Set automountServiceAccountToken: false, or say what the pod asks the API for in exception() of lib/kubernetes/exception.ts.',
  *check(target) {
    for (const { object, namespace, pod, field } of target.workloads) {
      for (const [i, { projected }] of records(pod.volumes).entries()) {
        const at = records(projected?.sources).findIndex(
          ({ serviceAccountToken: token }) => token !== undefined && token?.audience === undefined,
        );
        if (at >= 0) yield { object, field: `${field}/volumes/${i}/projected/sources/${at}`, message: 'is a token for the API server' };
      }
      const account = target.find('ServiceAccount', namespace, pod.serviceAccountName ?? 'default');
      if ((pod.automountServiceAccountToken ?? account?.automountServiceAccountToken) === false) continue;
      yield { object, field: `${field}/automountServiceAccountToken`, message: 'is not false' };
    }
  },
};
