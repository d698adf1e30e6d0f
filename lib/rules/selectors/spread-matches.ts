import { type Data, follow, path } from '../fields';
import type { Rule } from '../rule';
import { selects, shown } from '../selector';

const SPREAD = path('/topologySpreadConstraints/*/labelSelector');
const OWN = ['requiredDuringSchedulingIgnoredDuringExecution/*', 'preferredDuringSchedulingIgnoredDuringExecution/*/podAffinityTerm'];
const APART = OWN.map((term) => path(`/affinity/podAntiAffinity/${term}`));
const TOGETHER = OWN.map((term) => path(`/affinity/podAffinity/${term}`));

export const spreadMatches: Rule = {
  id: 'spread-matches',
  title: 'Spread constraints count the pods they are written for, and affinities name pods that exist.',
  why: 'The scheduler counts only the pods that the selector matches: with a wrong one all replicas may run on one node, and a required affinity to pods that do not exist leaves the pod Pending.',
  fix: 'Select slipway.dev/workload of the workload itself, as spread() of lib/workloads/placement.ts does.',
  *check(target) {
    for (const { object, namespace, labels, pod, field } of target.workloads) {
      for (const { field: at, value } of follow(pod, SPREAD, field)) {
        if (!selects(value, labels)) yield { object, field: at, message: `is ${shown(value)}, which the pods themselves do not carry` };
      }
      for (const { field: at, value } of [...APART, ...TOGETHER].flatMap((term) => follow(pod, term, field))) {
        const namespaces: readonly Data[] = Array.isArray(value?.namespaces) ? value.namespaces : [namespace];
        const among = namespaces.flatMap((each) => target.pods.get(String(each)) ?? []);
        if (value?.namespaceSelector !== undefined || among.some((pods) => selects(value?.labelSelector, pods.labels))) continue;
        yield { object, field: `${at}/labelSelector`, message: `is ${shown(value?.labelSelector)}, which no pods carry` };
      }
    }
  },
};
