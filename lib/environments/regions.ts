import type { GpuPool, NodePool, Region, Taint } from '../regions/region';
import { aks, eks, microk8s } from './platforms';

const gpuTaint: Taint = { key: 'nvidia.com/gpu', effect: 'NoSchedule' };

/** c5.4xlarge: 16 vCPU, 32 GiB. */
const eksCpuPool: NodePool = {
  instanceType: 'c5.4xlarge',
  minNodes: 6,
  maxNodes: 20,
  cpus: 16,
  memoryGiB: 32,
  labels: { 'node-type': 'cpu', 'workload-type': 'api-gateway' },
  taints: [],
};

/** t3.large: 2 vCPU, 8 GiB. */
const eksSystemPool: NodePool = {
  instanceType: 't3.large',
  minNodes: 3,
  maxNodes: 6,
  cpus: 2,
  memoryGiB: 8,
  labels: { 'node-type': 'system', 'workload-type': 'monitoring' },
  taints: [],
};

/**
 * g6e.12xlarge: four L40S with 48 GB each, 48 vCPU, 384 GiB. Four GPUs a node as the first plan had them (p3.8xlarge),
 * but of a kind that holds a 70B model in four bits on two of them and has kernels for it; a V100 does neither.
 */
const eksGpuPool: GpuPool = {
  instanceType: 'g6e.12xlarge',
  gpu: 'l40s',
  gpusPerNode: 4,
  minNodes: 3,
  maxNodes: 12,
  cpus: 48,
  memoryGiB: 384,
  labels: { 'node-type': 'gpu', 'workload-type': 'llm-inference' },
  taints: [gpuTaint],
};

export const usWest2: Region = {
  name: 'us-west-2',
  platform: eks,
  kubernetes: '1.34',
  jurisdiction: 'us',
  zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  cpuPool: eksCpuPool,
  systemPool: eksSystemPool,
  gpuPool: eksGpuPool,
  cloud: { kind: 'aws', region: 'us-west-2', accountId: '111122223333' },
  modelBucket: 'llm-models-us-west-2',
  backupStore: { kind: 's3', bucket: 'llm-backups-us-west-2' },
  sharedFileSystem: 'fs-0123456789abcdef0',
};

export const euWest1: Region = {
  name: 'eu-west-1',
  platform: eks,
  kubernetes: '1.34',
  jurisdiction: 'eu',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  cpuPool: eksCpuPool,
  systemPool: eksSystemPool,
  gpuPool: eksGpuPool,
  cloud: { kind: 'aws', region: 'eu-west-1', accountId: '111122223333' },
  modelBucket: 'llm-models-eu-west-1',
  backupStore: { kind: 's3', bucket: 'codelab-backups' },
  sharedFileSystem: 'fs-0123456789abcdef1',
};

export const usEast1: Region = {
  name: 'us-east-1',
  platform: eks,
  kubernetes: '1.34',
  jurisdiction: 'us',
  zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  cpuPool: eksCpuPool,
  systemPool: eksSystemPool,
  gpuPool: eksGpuPool,
  cloud: { kind: 'aws', region: 'us-east-1', accountId: '111122223333' },
  modelBucket: 'llm-models-us-east-1',
  backupStore: { kind: 's3', bucket: 'llm-backups-us-east-1' },
  sharedFileSystem: 'fs-0123456789abcdef2',
};

/** Staging's cluster in eu-west-1: the hardware of production, fewer of it. */
export const euWest1Staging: Region = {
  name: 'eu-west-1',
  platform: eks,
  kubernetes: '1.34',
  jurisdiction: 'eu',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  cpuPool: { ...eksCpuPool, minNodes: 3, maxNodes: 6 },
  systemPool: { ...eksSystemPool, maxNodes: 3 },
  gpuPool: { ...eksGpuPool, minNodes: 1, maxNodes: 3 },
  cloud: { kind: 'aws', region: 'eu-west-1', accountId: '444455556666' },
  modelBucket: 'llm-models-staging-eu-west-1',
  sharedFileSystem: 'fs-0123456789abcdef3',
};

/** Standard_D8s_v5: 8 vCPU, 32 GiB. */
const aksCpuPool: NodePool = {
  instanceType: 'Standard_D8s_v5',
  minNodes: 3,
  maxNodes: 10,
  cpus: 8,
  memoryGiB: 32,
  labels: { 'kubernetes.azure.com/agentpool': 'apps' },
  taints: [],
};

/** Standard_D4s_v5: 4 vCPU, 16 GiB. */
const aksSystemPool: NodePool = {
  instanceType: 'Standard_D4s_v5',
  minNodes: 3,
  maxNodes: 5,
  cpus: 4,
  memoryGiB: 16,
  labels: { 'kubernetes.azure.com/agentpool': 'system' },
  taints: [],
};

/** Standard_NC24ads_A100_v4: one A100 with 80 GB, 24 vCPU, 220 GiB. */
const aksGpuPool: GpuPool = {
  instanceType: 'Standard_NC24ads_A100_v4',
  gpu: 'a100',
  gpusPerNode: 1,
  minNodes: 3,
  maxNodes: 16,
  cpus: 24,
  memoryGiB: 220,
  labels: { 'kubernetes.azure.com/agentpool': 'permgpu' },
  taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
};

/** KIVA's production cluster. The source names no Azure region: Frankfurt is an assumption that keeps chat data in Germany. */
export const germanyWestCentral: Region = {
  name: 'germanywestcentral',
  platform: aks,
  jurisdiction: 'eu',
  zones: ['germanywestcentral-1', 'germanywestcentral-2', 'germanywestcentral-3'],
  cpuPool: aksCpuPool,
  systemPool: aksSystemPool,
  gpuPool: aksGpuPool,
  cloud: {
    kind: 'azure',
    tenantId: '00000000-0000-0000-0000-000000000001',
    vault: 'kiva-prod',
    clientId: '00000000-0000-0000-0000-00000000000a',
  },
  backupStore: {
    kind: 'azure-blob',
    storageAccount: 'kivabackups',
    container: 'kiva-backups',
    subscriptionId: '00000000-0000-0000-0000-000000000002',
    resourceGroup: 'kiva-backups',
    nodeResourceGroup: 'MC_kiva_prod_germanywestcentral',
  },
};

/** KIVA's development cluster, in the same place. */
export const germanyWestCentralDev: Region = {
  name: 'germanywestcentral',
  platform: aks,
  jurisdiction: 'eu',
  zones: germanyWestCentral.zones,
  cpuPool: { ...aksCpuPool, maxNodes: 4 },
  systemPool: { ...aksSystemPool, maxNodes: 3 },
  gpuPool: { ...aksGpuPool, minNodes: 1, maxNodes: 2 },
  cloud: {
    kind: 'azure',
    tenantId: '00000000-0000-0000-0000-000000000001',
    vault: 'kiva-dev',
    clientId: '00000000-0000-0000-0000-00000000000b',
  },
};

/** A cluster on the day it is created: no GPU nodes yet. */
export const germanyWestCentralInit: Region = {
  name: 'germanywestcentral',
  platform: aks,
  jurisdiction: 'eu',
  zones: germanyWestCentral.zones,
  cpuPool: { ...aksCpuPool, maxNodes: 3 },
  systemPool: { ...aksSystemPool, maxNodes: 3 },
  cloud: {
    kind: 'azure',
    tenantId: '00000000-0000-0000-0000-000000000001',
    vault: 'kiva-init',
    clientId: '00000000-0000-0000-0000-00000000000c',
  },
};

const localNode: NodePool = { instanceType: 'workstation', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };

/** A developer's machine. Another `platform` (`k3s`, `minikube`) makes it another distribution. */
export const local: Region = {
  name: 'local',
  platform: microk8s,
  jurisdiction: 'eu',
  zones: ['local'],
  cpuPool: localNode,
  systemPool: localNode,
  cloud: { kind: 'none' },
  addressPool: '10.64.140.43-10.64.140.49',
};
