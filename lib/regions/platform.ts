/** What differs between the Kubernetes platforms that Slipway supports. Facts only: what a construct makes of them is its own business. */
export interface Platform {
  readonly name: 'aks' | 'eks' | 'gke' | 'microk8s' | 'k3s' | 'minikube';

  /** Storage by role; the classes themselves are ours, so that a provider's reconciler never resets them. */
  readonly storage: {
    /** One writer: databases. */
    readonly block: StorageClassFacts;
    /** Many pods at once: model files and compile caches. */
    readonly shared: StorageClassFacts & {
      /** What the class can really do: a local path is one node's, so many pods share it only on that node. */
      readonly accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
      /** Sustained read throughput of one reader, MiB/s; start-up budgets are derived from it. */
      readonly readMiBps: number;
    };
    /**
     * CSI driver that takes snapshots of block volumes.
     *
     * @default - the platform takes none
     */
    readonly snapshotDriver?: string;
  };

  /** How the public gateway gets its address. */
  readonly loadBalancer: CloudLoadBalancer | { readonly kind: 'metallb' } | { readonly kind: 'built-in' } | { readonly kind: 'node-port' };

  /** Who installs NVIDIA's device plugin, without which no node offers `nvidia.com/gpu`. */
  readonly devicePlugin: 'daemonset' | 'operator' | 'managed' | 'none';

  /** Where the secret values of a target are kept; External Secrets reads them from there. */
  readonly secretStore: 'aws-secrets-manager' | 'azure-key-vault' | 'gcp-secret-manager' | 'kubernetes';

  /** How nodes may pull from private registries: by their own identity, or with a pull secret on each service account. */
  readonly registryAccess: 'node-identity' | 'pull-secret';

  /**
   * Address of the node-local DNS cache, which pods ask instead of the cluster's DNS pods.
   *
   * @default - the platform runs none
   */
  readonly nodeLocalDns?: string;
}

/** A load balancer that the cloud makes for a Service. */
export interface CloudLoadBalancer {
  readonly kind: 'cloud';

  /** Of the Service: what the cloud is to make of it. */
  readonly annotations: Readonly<Record<string, string>>;

  /**
   * For how long nothing may be sent on a connection, and how the cloud is told. An answer that is not streamed sends nothing until it
   * is written, so that the time is longer where answers are.
   *
   * @default - the cloud cannot be told
   */
  readonly idleTimeout?: IdleTimeout;

  /**
   * For how long it may send new connections to a pod that is about to stop, seconds.
   *
   * @default 15: a few failed health checks
   */
  readonly forgetSeconds?: number;

  /**
   * Labels of the namespace of its pods, by which they count as ready only once it knows them.
   *
   * @default - it knows pods as soon as the cluster does
   */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
}

/** An annotation that holds a time: some text before the figure, and the figure in seconds or minutes. */
export interface IdleTimeout {
  readonly annotation: string;

  /** What stands before the figure. */
  readonly before: '' | 'tcp.idle_timeout.seconds=';

  readonly unit: 'seconds' | 'minutes';

  /** Seconds, also where all answers are short. */
  readonly least: number;
}

/** A StorageClass without its name. */
export interface StorageClassFacts {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * Mount options of the volume.
   *
   * @default - the driver's own
   */
  readonly mountOptions?: readonly string[];
}
