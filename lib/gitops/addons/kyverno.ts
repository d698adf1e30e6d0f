import type { AdmissionSettings } from '../../foundation/admission-settings';
import type { Cloud } from '../../regions/region';
import { workloadIdentity } from '../../security/workload-identity';
import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR } from './addon';

const watched = { serviceMonitor: { enabled: true } };

/** Judges pods before they are admitted, and reports on those that are there: signatures of their images, and the baseline. */
export const kyverno = (cloud: Cloud, settings: AdmissionSettings): Addon => ({
  name: 'kyverno',
  namespace: 'kyverno',
  source: {
    kind: 'chart',
    repository: 'https://kyverno.github.io/kyverno',
    chart: 'kyverno',
    version: '3.9.0', // of Kyverno 1.19.0
    release: 'kyverno',
    values: {
      // Three, so that a drained node leaves two: what does not answer is let through.
      admissionController: { replicas: 3, ...watched, ...keyAccess(cloud, settings) },
      reportsController: { ...watched, ...keyAccess(cloud, settings) },
      // Nothing here is changed, generated or deleted by a policy.
      backgroundController: { enabled: false },
      cleanupController: { enabled: false },
      // Jobs that change what Argo CD has just applied, or run when the chart goes.
      crds: { migration: { enabled: false } },
      webhooksCleanup: { enabled: false },
      policyReportsCleanup: { enabled: false },
    },
  },
  installs: {
    kinds: [...controllerKinds, SERVICE_MONITOR, 'policy/PodDisruptionBudget'],
    clusterKinds: controllerRights,
    definitions: ['kyverno.io', 'policies.kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io', 'openreports.io'],
  },
});

/** A key that the cloud keeps is read by an identity of the cloud; without one in use, none is asked for. */
function keyAccess(cloud: Cloud, { signatures }: AdmissionSettings): object {
  if (signatures.every(({ signedBy }) => signedBy.kind !== 'key')) return {};
  const { annotations, podLabels } = workloadIdentity(cloud, 'kyverno');
  return { podLabels, rbac: { serviceAccount: { annotations } } };
}
