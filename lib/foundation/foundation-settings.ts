import type { OwnNamespace } from '../kubernetes/namespaces';

/** What an environment decides about the ground that its apps stand on. */
export interface FoundationSettings {
  /** The most that one namespace may request. A namespace of ours exists where it has a quota. */
  readonly quotas: Readonly<Partial<Record<OwnNamespace, NamespaceQuota>>>;
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
