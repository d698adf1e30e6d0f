import type { OwnNamespace } from '../kubernetes/namespaces';
import type { AdmissionSettings } from './admission-settings';

/** What an environment decides about the ground that its apps stand on. */
export interface FoundationSettings {
  /** The most that one namespace may request. A namespace of ours exists where it has a quota. */
  readonly quotas: Readonly<Partial<Record<OwnNamespace, NamespaceQuota>>>;

  /**
   * Whether a scheduler of our own fills a node's GPUs before it begins the next node, so that whole nodes become free and can go.
   * The price: it is of the cluster's own version, so its image is upgraded with the cluster, and while it is away no engine starts.
   *
   * @default false: the cluster's scheduler spreads engines over nodes
   */
  readonly packGpus?: boolean;

  /**
   * What pods are judged by when they are created.
   *
   * @default - by the Pod Security Standard alone, and nothing judges images
   */
  readonly admission?: AdmissionSettings;
}

/** The most that a namespace may request. */
export interface NamespaceQuota {
  /** Sum of all processor requests. */
  readonly cpus: number;

  /** Sum of all memory requests, GiB. */
  readonly memoryGiB: number;

  readonly pods: number;

  /**
   * Accelerators.
   *
   * @default 0
   */
  readonly gpus?: number;
}
