import { targets } from '../environments';
import type { Target } from '../environments/environment';
import { gke, k3s, microk8s } from '../environments/platforms';
import { sample } from '../testing/sample-target';
import { changed, problemsOf } from '../testing/sound';

const find = (place: string): Target => {
  const target = targets.find(({ environment, region }) => `${environment}/${region.name}` === place);
  if (target === undefined) throw new Error(`There is no target ${place}`);
  return target;
};

const [onAws, onAzure, atHome] = [find('prod/us-west-2'), find('prod/germanywestcentral'), find('dev/local')];

// biome-ignore format: a table, one mistake in a line
const rows: readonly (readonly [target: Target, path: string, value: unknown, mistake: string])[] = [
  [onAws, 'zones', ['us-east-1a', 'us-west-2b', 'us-west-2c'], 'Cannot use region.zones of target "prod/us-west-2" as its nodes are in us-west-2, whose zones are called "us-west-2a", and not "us-east-1a": correct them (lib/environments/regions.ts)'],
  [onAws, 'zones', ['us-west-2'], 'as its nodes are in us-west-2'],
  [onAws, 'zones', ['US-WEST-2A'], 'as its nodes are in us-west-2'],
  [onAzure, 'zones', ['1'], 'as its nodes are in germanywestcentral, whose zones are called "germanywestcentral-1"'],
  [onAws, 'jurisdiction', 'eu', 'Cannot use "eu" for region.jurisdiction of target "prod/us-west-2" as us-west-2 is not in the EU'],
  [onAws, 'gpuPool.instanceType', 'Standard_D8s_v5', 'as no machine of aws is called so'],
  [onAzure, 'cpuPool.instanceType', 'c5.4xlarge', 'as no machine of azure is called so'],
  [onAws, 'cpuPool.cpus', 1, 'as a c5.4xlarge has 16: correct one of them'],
  [onAzure, 'gpuPool.cpus', 48, 'as a Standard_NC24ads_A100_v4 has 24: correct one of them'],
  [onAws, 'cpuPool.memoryGiB', 32_768, 'as no machine has 32768 GiB with 16 processors: write GiB, not MiB'],
  [onAws, 'gpuPool.gpu', 'h100', 'as a g6e.12xlarge has l40s: correct one of them'],
  [onAws, 'gpuPool.gpusPerNode', 8, 'as a g6e.12xlarge has 4: correct one of them'],
  [onAws, 'gpuPool.taints', [], 'as pods without GPUs would fill its nodes: give them a taint'],
  [onAws, 'gpuPool.labels', {}, 'Cannot use region.gpuPool.labels of target "prod/us-west-2" as nodes of cpuPool carry them as well'],
  [onAws, 'systemPool.labels', { 'node-type': 'cpu' }, 'as nodes of cpuPool carry them as well, and its pods would run there: add one'],
  [onAws, 'backupStore.bucket', 'llm-models-us-west-2', 'as models are kept there, which servers of models read: use another bucket'],
  [onAws, 'modelBucket', 'llm-models-us-east-1', 'Cannot use "llm-models-us-east-1" for region.modelBucket of target "prod/us-west-2" as it names us-east-1, and the region is in us-west-2: correct it'],
  [onAzure, 'backupStore.resourceGroup', 'MC_kiva_prod_germanywestcentral', 'as it goes with the cluster, and backups outlive it'],
  [onAws, 'cloud', { kind: 'none' }, 'as eks runs on aws: use "aws", or another platform'],
  [atHome, 'cloud', { kind: 'aws', region: 'us-west-2', accountId: '111122223333' }, 'as microk8s runs in no cloud: use "none", or another platform'],
  [onAws, 'platform.secretStore', 'kubernetes', 'as secrets of eks are kept in aws-secrets-manager'],
  [onAws, 'platform.loadBalancer', { kind: 'node-port' }, 'as nobody outside of the cluster would reach the gateway on eks: use "cloud"'],
  [atHome, 'platform.loadBalancer', { kind: 'cloud', annotations: {} }, 'as no cloud makes one for a machine'],
  [onAws, 'platform.devicePlugin', 'none', 'as without one no node of its gpuPool offers a GPU'],
  [onAzure, 'platform.devicePlugin', 'managed', 'as aks installs none by itself'],
  [onAws, 'platform.storage.snapshotDriver', 'disk.csi.azure.com', 'as volumes are made by ebs.csi.aws.com'],
  [onAws, 'platform.storage.block.parameters', { type: 'gp3' }, 'as disks of EBS are written in plain text otherwise'],
  [onAws, 'addressPool', '10.0.0.0/28', 'as MetalLB alone hands addresses out'],
  [onAzure, 'sharedFileSystem', 'fs-0123456789abcdef1', 'as file.csi.azure.com makes one for each volume'],
  [onAws, 'platform.loadBalancer.annotations', { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }, 'as azure alone reads it, and eks runs on aws: take it out'],
  [onAzure, 'platform.loadBalancer.annotations', { 'elbv2.k8s.aws/x': 'true' }, 'as aws alone reads it, and aks runs on azure'],
  [onAzure, 'platform.loadBalancer.annotations', { 'networking.gke.io/load-balancer-type': 'Internal' }, 'as gcp alone reads it'],
  [onAzure, 'platform.loadBalancer.annotations', { 'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout': '4' }, 'as its idleTimeout says it, and is longer where answers are: take it out'],
  [onAws, 'platform.loadBalancer.idleTimeout', { annotation: 'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout', before: '', unit: 'minutes', least: 900 }, 'as azure alone reads it'],
  [onAws, 'backupStore', onAzure.region.backupStore, 'Cannot use "azure-blob" for region.backupStore.kind of target "prod/us-west-2" as the region is on aws, and keeps its backups there: use "s3"'],
  [onAzure, 'cloud.clientId', '00000000-0000-0000-0000-000000000001', 'as it is its tenantId as well, and everything has an id of its own'],
  [onAzure, 'backupStore.subscriptionId', '00000000-0000-0000-0000-00000000000a', 'as it is its clientId as well'],
  [onAws, 'sharedFileSystem', 'xyz', 'as it is no file system of EFS'],
];

test.each(rows.map(([target, ...row]): [...typeof row, Target] => [...row, target]))(
  'refuses region.%s as %j',
  (path, value, mistake, target) => {
    expect(problemsOf(changed(`region.${path}`, value, target))).toEqual([expect.stringContaining(mistake)]);
  },
);

test('refuses a region that is called like another place of its cloud', () => {
  const { cloud, zones } = find('prod/us-east-1').region;
  const there = changed('region.zones', zones, changed('region.cloud', cloud, onAws));

  expect(problemsOf(there)).toEqual([
    expect.stringContaining('Cannot use "us-east-1" for region.cloud.region of target "prod/us-west-2" as the region is called us-west-2'),
  ]);
});

test('refuses a cluster without a node for what tolerates nothing', () => {
  const taints = [{ key: 'dedicated', effect: 'NoSchedule' }];
  const one = changed('region.cpuPool.taints', taints);

  expect(problemsOf(one)).toEqual([]);
  expect(problemsOf(changed('region.systemPool.taints', taints, one))).toEqual([
    expect.stringContaining('as controllers that tolerate nothing have no node: leave one pool without'),
  ]);
});

test.each([
  [microk8s, '10.64.140.43-10.64.140.49'],
  [k3s, undefined],
])('takes one machine for every pool, on $name', (platform, addressPool) => {
  expect(problemsOf(changed('region.addressPool', addressPool, changed('region.platform', platform, atHome)))).toEqual([]);
});

test('takes machines and places of Google', () => {
  const machine = { instanceType: 'n2-standard-16', cpus: 16, memoryGiB: 64 };
  const region = {
    ...{ ...sample.region, name: 'frankfurt', platform: gke, zones: ['europe-west3-a', 'europe-west3-b'] },
    cloud: { kind: 'gcp', project: 'example', location: 'europe-west3', cluster: 'one' },
    cpuPool: { ...sample.region.cpuPool, ...machine },
    systemPool: { ...sample.region.systemPool, instanceType: 'e2-standard-2' },
    gpuPool: { ...sample.region.gpuPool, instanceType: 'g2-standard-48', gpu: 'l4', cpus: 48, memoryGiB: 192 },
    ...{ sharedFileSystem: undefined, backupStore: undefined },
  };

  expect(problemsOf({ ...sample, region })).toEqual([]);
});
