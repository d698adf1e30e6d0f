import type { Region } from '../../regions/region';

const storage = { provisioner: 'ebs.csi.aws.com', parameters: {} };

/** The place that the sample is for: one GPU pool, one pool for everything else. */
export const sampleRegion: Region = {
  name: 'nowhere',
  platform: {
    name: 'eks',
    storage: { block: storage, shared: { ...storage, accessMode: 'ReadWriteMany', readMiBps: 300 } },
    loadBalancer: { kind: 'cloud', annotations: {} },
    devicePlugin: 'none',
    secretStore: 'aws-secrets-manager',
    registryAccess: 'node-identity',
  },
  jurisdiction: 'eu',
  zones: ['a', 'b', 'c'],
  cpuPool: { instanceType: 'cpu', minNodes: 1, maxNodes: 6, cpus: 16, memoryGiB: 32, labels: { 'node-type': 'cpu' }, taints: [] },
  systemPool: { instanceType: 'system', minNodes: 1, maxNodes: 3, cpus: 2, memoryGiB: 8, labels: { 'node-type': 'system' }, taints: [] },
  gpuPool: {
    instanceType: 'gpu',
    gpu: 'l40s',
    gpusPerNode: 4,
    minNodes: 1,
    maxNodes: 12,
    cpus: 48,
    memoryGiB: 384,
    labels: { 'node-type': 'gpu' },
    taints: [],
  },
  cloud: { kind: 'none' },
};
