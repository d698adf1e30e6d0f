import type { k8s } from 'cdk8s-plus-27';

import { PLATFORM } from '../kubernetes/priority';
import { restrictedPod } from '../security/restricted';
import { type Placement, placed } from './placement';

/** What pods of ours have in common that need no rights at the API server; the service account has the name of their workload. */
export function ownPod(name: string, user: number, placement: Placement): Omit<k8s.PodSpec, 'containers'> {
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    // Variables of other Services (`REDIS_PORT=tcp://…`) would be taken for configuration.
    enableServiceLinks: false,
    priorityClassName: PLATFORM,
    securityContext: restrictedPod(user),
    ...placed(placement),
  };
}
