import type { Manifest } from '../../kubernetes/manifest';
import { isRecord } from '../fields';
import type { Rule } from '../rule';

export const defaultDeny: Rule = {
  id: 'default-deny',
  title: 'Every namespace with pods of ours denies what no policy allows, in both directions.',
  why: 'Without it every pod of the cluster may call the pods of this namespace, and they may call any address.',
  fix: 'Add DefaultDeny of lib/foundation/default-deny.ts for the namespace: lib/foundation/namespaces.ts does so for each that lib/kubernetes/namespaces.ts lists.',
  *check(target) {
    const policies = target.all('NetworkPolicy.networking.k8s.io');
    for (const [namespace, pods] of target.pods) {
      for (const direction of ['Ingress', 'Egress']) {
        if (policies.some((policy) => policy.metadata.namespace === namespace && denies(policy, direction))) continue;
        const message = `is ${namespace}, a namespace without a NetworkPolicy that denies all ${direction.toLowerCase()}`;
        // Each workload is exposed, and excused, for itself.
        for (const object of new Set(pods.map((each) => each.object))) {
          if (object !== undefined) yield { object, field: '/metadata/namespace', message };
        }
      }
    }
  },
};

/** An empty selector means all pods; a policy without a rule for a direction allows nothing in it. */
function denies({ spec }: Manifest, direction: string): boolean {
  const types: unknown = spec?.policyTypes ?? ['Ingress'];
  const everyPod = isRecord(spec?.podSelector) && Object.keys(spec.podSelector).length === 0;
  return everyPod && Array.isArray(types) && types.includes(direction) && !(spec[direction.toLowerCase()]?.length > 0);
}
