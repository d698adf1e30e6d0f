import type { Platform } from '../regions/platform';

/** Azure Kubernetes Service. */
export const aks: Platform = {
  name: 'aks',
  storage: {
    block: { provisioner: 'disk.csi.azure.com', parameters: { skuName: 'Premium_LRS' } },
    shared: {
      provisioner: 'file.csi.azure.com',
      parameters: { skuName: 'Premium_LRS', protocol: 'nfs' },
      mountOptions: ['nconnect=4', 'noresvport', 'actimeo=30'],
      accessMode: 'ReadWriteMany',
      readMiBps: 150,
    },
    snapshotDriver: 'disk.csi.azure.com',
  },
  loadBalancer: {
    kind: 'cloud',
    annotations: {},
    // Otherwise four minutes.
    idleTimeout: {
      ...{ annotation: 'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout', before: '', unit: 'minutes', least: 900 },
    },
  },
  devicePlugin: 'operator',
  secretStore: 'azure-key-vault',
  registryAccess: 'node-identity',
};

/** Amazon Elastic Kubernetes Service. */
export const eks: Platform = {
  name: 'eks',
  storage: {
    block: { provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3', encrypted: 'true' } },
    shared: {
      provisioner: 'efs.csi.aws.com',
      parameters: { provisioningMode: 'efs-ap', directoryPerms: '0770', uid: '1000', gid: '1000' },
      mountOptions: ['tls'],
      accessMode: 'ReadWriteMany',
      readMiBps: 300,
    },
    snapshotDriver: 'ebs.csi.aws.com',
  },
  loadBalancer: {
    kind: 'cloud',
    annotations: {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
      // Without it every client has the balancer's address, and all of them share one rate limit.
      'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'preserve_client_ip.enabled=true',
    },
    // Otherwise 350 seconds.
    idleTimeout: {
      annotation: 'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443',
      ...{ before: 'tcp.idle_timeout.seconds=', unit: 'seconds', least: 900 },
    },
    // It takes about two minutes to stop sending connections to a pod, and as many to begin.
    forgetSeconds: 150,
    namespaceLabels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' },
  },
  devicePlugin: 'daemonset',
  secretStore: 'aws-secrets-manager',
  registryAccess: 'node-identity',
};

/** Google Kubernetes Engine. No target runs on it; a test synthesizes one. */
export const gke: Platform = {
  name: 'gke',
  storage: {
    block: { provisioner: 'pd.csi.storage.gke.io', parameters: { type: 'pd-ssd' } },
    shared: {
      provisioner: 'filestore.csi.storage.gke.io',
      parameters: { tier: 'enterprise', network: 'default' },
      accessMode: 'ReadWriteMany',
      readMiBps: 120,
    },
    snapshotDriver: 'pd.csi.storage.gke.io',
  },
  loadBalancer: { kind: 'cloud', annotations: { 'cloud.google.com/l4-rbs': 'enabled' } },
  devicePlugin: 'managed',
  secretStore: 'gcp-secret-manager',
  registryAccess: 'node-identity',
  nodeLocalDns: '169.254.20.10',
};

/** Canonical MicroK8s on one machine: `microk8s enable dns hostpath-storage`; MetalLB is an addon of ours. */
export const microk8s: Platform = {
  name: 'microk8s',
  storage: {
    block: { provisioner: 'microk8s.io/hostpath', parameters: {} },
    shared: { provisioner: 'microk8s.io/hostpath', parameters: {}, accessMode: 'ReadWriteOnce', readMiBps: 500 },
  },
  loadBalancer: { kind: 'metallb' },
  devicePlugin: 'none',
  secretStore: 'kubernetes',
  registryAccess: 'pull-secret',
};

/** Rancher's k3s on one machine, with its own service load balancer; its ingress controller is switched off (`--disable traefik`). */
export const k3s: Platform = {
  name: 'k3s',
  storage: {
    block: { provisioner: 'rancher.io/local-path', parameters: {} },
    shared: { provisioner: 'rancher.io/local-path', parameters: {}, accessMode: 'ReadWriteOnce', readMiBps: 500 },
  },
  loadBalancer: { kind: 'built-in' },
  devicePlugin: 'none',
  secretStore: 'kubernetes',
  registryAccess: 'pull-secret',
};

/** Minikube on one machine: reached on a port of the node. */
export const minikube: Platform = {
  name: 'minikube',
  storage: {
    block: { provisioner: 'k8s.io/minikube-hostpath', parameters: {} },
    shared: { provisioner: 'k8s.io/minikube-hostpath', parameters: {}, accessMode: 'ReadWriteOnce', readMiBps: 300 },
  },
  loadBalancer: { kind: 'node-port' },
  devicePlugin: 'none',
  secretStore: 'kubernetes',
  registryAccess: 'pull-secret',
};
