import type { k8s } from 'cdk8s-plus-27';

/**
 * Pod security context that the `restricted` Pod Security Standard accepts.
 *
 * @param user numeric user of every container: images that start as root are run as this user instead
 */
export function restrictedPod(user: number): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    // Volumes with many files would otherwise be walked at every start of a pod.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Container security context that the `restricted` Pod Security Standard accepts, on a read-only root file system. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
