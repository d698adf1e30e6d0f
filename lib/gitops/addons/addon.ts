import type { AddonNamespace, OwnNamespace } from '../../kubernetes/namespaces';
import type { GroupKind } from '../group-kind';

/** A controller of somebody else's that a target needs: one Argo CD Application. */
export interface Addon {
  /** First part of its Application's name. */
  readonly name: string;

  /** Namespace it runs in, which the foundation defines. */
  readonly namespace: AddonNamespace | OwnNamespace | 'kube-system';

  readonly source: ChartSource | FolderSource;

  /** What the source installs, and so what the addons' project must allow. */
  readonly installs: Installs;
}

/** A Helm chart, which Argo CD renders: synth needs neither Helm nor a network. */
export interface ChartSource {
  readonly kind: 'chart';
  readonly repository: string;
  readonly chart: string;

  /** The exact version; never a range. */
  readonly version: string;

  readonly release: string;

  /** What differs from the chart's own values, each with its reason where it is set. */
  readonly values: object;

  /**
   * Whether another release of the same chart brings the kinds: two would fight over them.
   *
   * @default false
   */
  readonly skipCrds?: boolean;
}

/** Plain manifests in a folder of somebody else's Git repository. */
export interface FolderSource {
  readonly kind: 'folder';
  readonly repository: string;

  /** A tag. */
  readonly revision: string;
  readonly path: string;

  /**
   * Files of the folder that are left out.
   *
   * @default - none
   */
  readonly exclude?: string;
}

/** Kinds that a source makes. */
export interface Installs {
  /** In namespaces. */
  readonly kinds: readonly GroupKind[];

  /** Outside of them, custom resource definitions aside. */
  readonly clusterKinds: readonly GroupKind[];

  /** API groups whose definitions it brings. */
  readonly definitions: readonly string[];

  /**
   * Whether it also writes to `kube-system`: an API server extension must be allowed there to read who calls it.
   *
   * @default false
   */
  readonly kubeSystem?: boolean;

  /**
   * Namespaces for parts that may not run in its own.
   *
   * @default - none
   */
  readonly alsoIn?: readonly AddonNamespace[];
}

/** What nearly every controller consists of. */
export const controllerKinds: readonly GroupKind[] = [
  'ConfigMap',
  'Secret',
  'Service',
  'ServiceAccount',
  'apps/Deployment',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
];

/** What nearly every controller may do. */
export const controllerRights: readonly GroupKind[] = [
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
];

/** Webhooks that check or complete objects. */
export const VALIDATING: GroupKind = 'admissionregistration.k8s.io/ValidatingWebhookConfiguration';
export const MUTATING: GroupKind = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';

/** Kinds of the Prometheus Operator with which charts have themselves watched. */
export const POD_MONITOR: GroupKind = 'monitoring.coreos.com/PodMonitor';
export const SERVICE_MONITOR: GroupKind = 'monitoring.coreos.com/ServiceMonitor';
