import * as z from 'zod/mini';

import { gpus } from '../regions/gpu';
import { addressPool, nodeLocal } from './networks';
import {
  awsAccount,
  bucket,
  cloudName,
  driver,
  fileSystem,
  guid,
  kubernetesVersion,
  labelKey,
  labelValue,
  placeName,
  resourceGroup,
  storageAccount,
  vault,
  word,
} from './texts';
import { choice, figure, map, oneOf, rule, several, text, whole } from './vocabulary';

const strings = z.record(z.string(), z.string());

const storageClass = { provisioner: text(driver), parameters: strings, mountOptions: z.optional(z.array(text(word))) };

const platform = map({
  name: choice('aks', 'eks', 'gke', 'microk8s', 'k3s', 'minikube'),
  storage: map({
    block: map(storageClass),
    shared: map({
      ...storageClass,
      accessMode: choice('ReadWriteMany', 'ReadWriteOnce'),
      // A single disk of ten years ago reads ten times the least; the most is what a node's network carries.
      readMiBps: figure(10, 12_500),
    }),
    snapshotDriver: z.optional(text(driver)),
  }),
  loadBalancer: oneOf('kind', [
    map({
      kind: z.literal('cloud'),
      annotations: z.record(text(labelKey), z.string()),
      // What both clouds take that can be told.
      idleTimeout: z.optional(
        map({
          ...{ annotation: text(labelKey), before: choice('', 'tcp.idle_timeout.seconds='), unit: choice('seconds', 'minutes') },
          least: whole(240, 6000),
        }),
      ),
      forgetSeconds: z.optional(whole(0, 600)), // health checks every 30 s, and some patience
      namespaceLabels: z.optional(z.record(text(labelKey), text(labelValue))),
    }),
    map({ kind: z.literal('metallb') }),
    map({ kind: z.literal('built-in') }),
    map({ kind: z.literal('node-port') }),
  ]),
  devicePlugin: choice('daemonset', 'operator', 'managed', 'none'),
  secretStore: choice('aws-secrets-manager', 'azure-key-vault', 'gcp-secret-manager', 'kubernetes'),
  registryAccess: choice('node-identity', 'pull-secret'),
  nodeLocalDns: z.optional(text(nodeLocal)),
});

const taint = map({ key: text(labelKey), value: z.optional(text(labelValue)), effect: choice('NoSchedule', 'NoExecute') });

const pool = {
  instanceType: text(word),
  minNodes: whole(0, 5000), // as many as Kubernetes supports in one cluster
  maxNodes: whole(1, 5000),
  cpus: figure(1, 1024),
  memoryGiB: figure(1, 32_768),
  labels: z.record(text(labelKey), text(labelValue)),
  taints: several(taint, 'taint', ({ key, effect }) => `${key}:${effect}`),
};

const ordered = rule<{ readonly minNodes: number; readonly maxNodes: number }>(({ minNodes, maxNodes }) =>
  minNodes <= maxNodes ? undefined : `its minNodes ${minNodes} are more than its maxNodes ${maxNodes}: exchange or correct them`,
);

const cloud = oneOf('kind', [
  map({ kind: z.literal('aws'), region: text(cloudName), accountId: text(awsAccount) }),
  map({ kind: z.literal('azure'), tenantId: text(guid), vault: text(vault), clientId: text(guid) }),
  map({ kind: z.literal('gcp'), project: text(cloudName), location: text(cloudName), cluster: text(cloudName) }),
  map({ kind: z.literal('none') }),
]);

const backupStore = oneOf('kind', [
  map({ kind: z.literal('s3'), bucket: text(bucket) }),
  map({
    ...{ kind: z.literal('azure-blob'), storageAccount: text(storageAccount), container: text(bucket), subscriptionId: text(guid) },
    ...{ resourceGroup: text(resourceGroup), nodeResourceGroup: text(resourceGroup) },
  }),
]);

/** A region, as far as it does not express itself in types: what runs without a compiler before it is checked as well. */
export const region = map({
  name: text(placeName),
  platform,
  jurisdiction: choice('eu', 'us'),
  kubernetes: z.optional(text(kubernetesVersion)),
  zones: several(text(cloudName), 'zone').check(
    rule((zones) => (zones.length === 0 ? 'a cluster is somewhere: name its zones' : undefined)),
  ),
  cpuPool: map(pool).check(ordered),
  systemPool: map(pool).check(ordered),
  modelPool: z.optional(map(pool).check(ordered)),
  gpuPool: z.optional(map({ ...pool, gpu: choice(...Object.keys(gpus)), gpusPerNode: whole(1, 16) }).check(ordered)),
  cloud,
  modelBucket: z.optional(text(bucket)),
  backupStore: z.optional(backupStore),
  sharedFileSystem: z.optional(text(fileSystem)),
  addressPool: z.optional(text(addressPool)),
});
