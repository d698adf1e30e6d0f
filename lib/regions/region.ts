import type { GpuName } from './gpu';
import type { Platform } from './platform';

/** A place, that is one cluster. Facts only; what runs there is an environment's decision. */
export interface Region {
  /** Folder in `dist/`, and the second part of the cluster's name in Argo CD: `<environment>-<region>`. */
  readonly name: string;
  readonly platform: Platform;

  /** Where data at rest stays. */
  readonly jurisdiction: 'eu' | 'us';

  /**
   * Minor version of the cluster's Kubernetes: `1.34`. What is a part of Kubernetes must be of the same.
   *
   * @default - nobody states it, and nothing that depends on it runs here
   */
  readonly kubernetes?: `1.${number}`;

  /** Availability zones of the cluster's nodes. */
  readonly zones: readonly string[];

  /** Nodes without an accelerator for the request path: gateways, web services. */
  readonly cpuPool: NodePool;

  /** Nodes for what watches and operates the cluster. */
  readonly systemPool: NodePool;

  /**
   * Nodes with accelerators.
   *
   * @default - the region has none
   */
  readonly gpuPool?: GpuPool;

  /**
   * Nodes that serve models without an accelerator.
   *
   * @default - `cpuPool`
   */
  readonly modelPool?: NodePool;

  /** Where the target's secrets, identities and buckets live. */
  readonly cloud: Cloud;

  /**
   * Bucket that mirrors model artefacts near the cluster.
   *
   * @default - models come from the hub alone
   */
  readonly modelBucket?: string;

  /**
   * Where backups are kept: in the region's own cloud, apart from the cluster, so that they outlive it.
   *
   * @default - nowhere, and nothing can be backed up
   */
  readonly backupStore?: BackupStore;

  /**
   * File system on which shared volumes are made, as the platform's driver names it: `fs-…` on EFS.
   *
   * @default - the driver makes one for each volume
   */
  readonly sharedFileSystem?: string;

  /**
   * Addresses that a local network leaves for load balancers, as MetalLB takes them.
   *
   * @default - the platform has a load balancer of its own
   */
  readonly addressPool?: string;
}

/** Nodes of one kind. */
export interface NodePool {
  readonly instanceType: string;
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Processors of one node. */
  readonly cpus: number;
  /** Memory of one node, GiB. */
  readonly memoryGiB: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Nodes with accelerators. */
export interface GpuPool extends NodePool {
  readonly gpu: GpuName;
  readonly gpusPerNode: number;
}

/** A taint that pods of the pool must tolerate. */
export interface Taint {
  readonly key: string;
  /** @default - the taint has no value, and any is tolerated */
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'NoExecute';
}

/** Object storage for backups. */
export type BackupStore = S3BackupStore | AzureBackupStore;

/** A bucket of S3. */
export interface S3BackupStore {
  readonly kind: 's3';
  readonly bucket: string;
}

/** A container of Azure's object storage, and a place for snapshots of disks. */
export interface AzureBackupStore {
  readonly kind: 'azure-blob';
  readonly storageAccount: string;
  readonly container: string;
  readonly subscriptionId: string;

  /** Resource group of the storage account and of the snapshots: not the nodes', which goes with the cluster. */
  readonly resourceGroup: string;

  /** Resource group that AKS made for nodes and disks. */
  readonly nodeResourceGroup: string;
}

/** The account that a region's cluster belongs to. */
export type Cloud =
  | { readonly kind: 'aws'; readonly region: string; readonly accountId: string }
  | { readonly kind: 'azure'; readonly tenantId: string; readonly vault: string; readonly clientId: string }
  | { readonly kind: 'gcp'; readonly project: string; readonly location: string; readonly cluster: string }
  | { readonly kind: 'none' };
