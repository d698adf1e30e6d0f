import type { GroupKind } from './group-kind';

const POD = ['Pod'];
const REPLICAS = ['apps/ReplicaSet', ...POD];
const REVISIONS = ['apps/ControllerRevision', ...POD];

/**
 * What controllers make out of the kinds that Git holds. A project that does not allow a kind hides it in Argo CD's tree, so
 * a canary's pods would be out of sight during the release. Secrets stay hidden: allowing the kind would also allow Git to hold one.
 */
const GROWN: Readonly<Record<GroupKind, readonly GroupKind[]>> = {
  'apps/Deployment': REPLICAS,
  'apps/StatefulSet': ['PersistentVolumeClaim', ...REVISIONS],
  'apps/DaemonSet': REVISIONS,
  'batch/Job': POD,
  'batch/CronJob': ['batch/Job', ...POD],
  'cert-manager.io/Certificate': ['cert-manager.io/CertificateRequest', 'acme.cert-manager.io/Order', 'acme.cert-manager.io/Challenge'],
  'flagger.app/Canary': [
    ...REPLICAS,
    'ConfigMap',
    'Service',
    'apps/Deployment',
    'autoscaling/HorizontalPodAutoscaler',
    'gateway.networking.k8s.io/HTTPRoute',
  ],
  'serving.kserve.io/InferenceService': [...REPLICAS, 'Service', 'apps/Deployment', 'autoscaling/HorizontalPodAutoscaler'],
  'postgresql.cnpg.io/Cluster': ['PersistentVolumeClaim', 'Service', 'batch/Job', 'policy/PodDisruptionBudget', ...POD],
};

/** The kinds themselves and all that grows out of them, each once, sorted. */
export function withGrown(kinds: Iterable<GroupKind>): readonly GroupKind[] {
  const all = new Set(kinds);
  for (const kind of [...all]) for (const grown of GROWN[kind] ?? []) all.add(grown);
  return [...all].sort();
}
