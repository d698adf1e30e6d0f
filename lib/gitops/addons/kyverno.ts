import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR } from './addon';

const watched = { serviceMonitor: { enabled: true } };

/** Judges pods before they are admitted: signatures of their images, and the baseline. */
export const kyverno: Addon = {
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
      admissionController: { replicas: 3, ...watched },
      reportsController: watched,
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
};
