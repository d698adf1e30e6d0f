import * as z from 'zod/mini';

import { gpus } from '../regions/gpu';
import {
  addressPool,
  awsAccount,
  bucket,
  cloudName,
  fileSystem,
  guid,
  ipAddress,
  labelKey,
  labelValue,
  placeName,
  resourceGroup,
  sentence,
  storageAccount,
  vault,
} from './texts';
import { choice, figure, oneOf, rule, text, whole } from './vocabulary';

const strings = z.record(z.string(), z.string());

const storageClass = z.looseObject({ provisioner: text(sentence), parameters: strings, mountOptions: z.optional(z.array(text(sentence))) });

const platform = z.looseObject({
  name: choice('aks', 'eks', 'gke', 'microk8s', 'k3s', 'minikube'),
  storage: z.looseObject({
    block: storageClass,
    shared: z.extend(storageClass, {
      accessMode: choice('ReadWriteMany', 'ReadWriteOnce'),
      readMiBps: figure(1, 100_000),
    }),
    snapshotDriver: z.optional(text(sentence)),
  }),
  loadBalancer: oneOf('kind', [
    z.looseObject({ kind: z.literal('cloud'), annotations: strings }),
    z.looseObject({ kind: z.literal('metallb') }),
    z.looseObject({ kind: z.literal('built-in') }),
    z.looseObject({ kind: z.literal('node-port') }),
  ]),
  devicePlugin: choice('daemonset', 'operator', 'managed', 'none'),
  secretStore: choice('aws-secrets-manager', 'azure-key-vault', 'gcp-secret-manager', 'kubernetes'),
  registryAccess: choice('node-identity', 'pull-secret'),
  nodeLocalDns: z.optional(text(ipAddress)),
});

const taint = z.looseObject({ key: text(labelKey), value: z.optional(text(labelValue)), effect: choice('NoSchedule', 'NoExecute') });

const pool = z.looseObject({
  instanceType: text(sentence),
  minNodes: whole(0, 5000), // as many as Kubernetes supports in one cluster
  maxNodes: whole(0, 5000),
  cpus: figure(1, 1024),
  memoryGiB: figure(1, 32_768),
  labels: z.record(text(labelKey), text(labelValue)),
  taints: z.array(taint),
});

const ordered = rule<{ readonly minNodes: number; readonly maxNodes: number }>(({ minNodes, maxNodes }) =>
  minNodes <= maxNodes ? undefined : `its minNodes ${minNodes} are more than its maxNodes ${maxNodes}: exchange or correct them`,
);

const cloud = oneOf('kind', [
  z.looseObject({ kind: z.literal('aws'), region: text(cloudName), accountId: text(awsAccount) }),
  z.looseObject({ kind: z.literal('azure'), tenantId: text(guid), vault: text(vault), clientId: text(guid) }),
  z.looseObject({ kind: z.literal('gcp'), project: text(cloudName), location: text(cloudName), cluster: text(cloudName) }),
  z.looseObject({ kind: z.literal('none') }),
]);

const backupStore = oneOf('kind', [
  z.looseObject({ kind: z.literal('s3'), bucket: text(bucket) }),
  z.looseObject({
    ...{ kind: z.literal('azure-blob'), storageAccount: text(storageAccount), container: text(bucket), subscriptionId: text(guid) },
    ...{ resourceGroup: text(resourceGroup), nodeResourceGroup: text(resourceGroup) },
  }),
]);

/** A region, as far as it does not express itself in types: what runs without a compiler before it is checked as well. */
export const region = z.looseObject({
  name: text(placeName),
  platform,
  jurisdiction: choice('eu', 'us'),
  zones: z.array(text(cloudName)).check(
    rule((zones) => {
      if (zones.length === 0) return 'a cluster is somewhere: name its zones';
      return new Set(zones).size < zones.length ? 'a zone is named twice: remove one' : undefined;
    }),
  ),
  cpuPool: pool.check(ordered),
  systemPool: pool.check(ordered),
  modelPool: z.optional(pool.check(ordered)),
  gpuPool: z.optional(z.extend(pool, { gpu: choice(...Object.keys(gpus)), gpusPerNode: whole(1, 16) }).check(ordered)),
  cloud,
  modelBucket: z.optional(text(bucket)),
  backupStore: z.optional(backupStore),
  sharedFileSystem: z.optional(text(fileSystem)),
  addressPool: z.optional(text(addressPool)),
});
