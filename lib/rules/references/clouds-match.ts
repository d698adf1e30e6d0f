import type { Manifest } from '../../kubernetes/manifest';
import type { Cloud, Region } from '../../regions/region';
import { copiedSecrets } from '../copied-secrets';
import { escaped, follow, path, record } from '../fields';
import { identityFaults } from '../identities';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

type Fault = readonly [field: string, message: string];

/** Providers of External Secrets, by what a platform says of itself. */
const PROVIDERS: Readonly<Record<Region['platform']['secretStore'], string>> = {
  'aws-secrets-manager': 'aws',
  'azure-key-vault': 'azurekv',
  'gcp-secret-manager': 'gcpsm',
  kubernetes: 'kubernetes',
};

/** Where each cloud's facts stand in a store. */
const FACTS: Readonly<Record<string, (cloud: Cloud) => Readonly<Record<string, string>>>> = {
  aws: (cloud) => (cloud.kind === 'aws' ? { '/region': cloud.region } : {}),
  azurekv: (cloud) =>
    cloud.kind === 'azure' ? { '/tenantId': cloud.tenantId, '/vaultUrl': `https://${cloud.vault}.vault.azure.net` } : {},
  gcpsm: (cloud) => (cloud.kind === 'gcp' ? { '/projectID': cloud.project, '/projectId': cloud.project } : {}),
};

/** Drivers of clouds, which run nowhere else. */
const DRIVERS: Readonly<Record<string, RegExp>> = {
  eks: /^(?:ebs|efs|fsx|file\.fsx)\.(?:csi\.)?(?:aws|eks)\b|^(?:ebs|efs|fsx)\.csi\.aws\.com$/,
  aks: /\.csi\.azure\.com$/,
  gke: /\.csi\.storage\.gke\.io$/,
};

/** Zones in which a class makes volumes. */
const TOPOLOGIES = path('/allowedTopologies/*/matchLabelExpressions/*');

/** Annotations of the account that CloudNativePG makes for the instances of a cluster. */
const MADE_ACCOUNT = path('/spec/serviceAccountTemplate/metadata/annotations');

export const cloudsMatch: Rule = {
  id: 'clouds-match',
  title: 'Secret stores, identities and storage classes are those of the cloud and the account that the region is in.',
  why: 'A store of another account answers "access denied", or with the secrets of another environment; the driver of another cloud makes no volume, and its claims stay Pending.',
  fix: 'Take the value from region.cloud and region.platform; if those are wrong, correct lib/environments/regions.ts or lib/environments/platforms.ts.',
  *check(target) {
    const { region } = target.facts ?? {};
    if (region === undefined) return;
    const copying = storesThatCopy(target);
    for (const object of target.all('ClusterSecretStore.external-secrets.io')) {
      if (copying.has(object)) continue;
      for (const [field, message] of ofStore(object, region)) yield { object, field: `/spec/provider${field}`, message };
    }
    for (const object of target.all('ServiceAccount')) {
      for (const [annotation, message] of identityFaults(object.metadata.annotations, region))
        yield { object, field: `/metadata/annotations/${escaped(annotation)}`, message };
    }
    for (const object of target.all('Cluster.postgresql.cnpg.io')) {
      for (const { field: at, value } of follow(object, MADE_ACCOUNT)) {
        for (const [annotation, message] of identityFaults(record(value), region))
          yield { object, field: `${at}/${escaped(annotation)}`, message };
      }
    }
    for (const object of target.all('StorageClass.storage.k8s.io')) {
      for (const [field, message] of ofClass(object, region)) yield { object, field, message };
    }
    for (const object of target.all('IPAddressPool.metallb.io')) {
      for (const [i, range] of (Array.isArray(object.spec?.addresses) ? object.spec.addresses : []).entries()) {
        if (range === region.addressPool) continue;
        const message = `is "${range}", but the network of ${region.name} leaves ${region.addressPool ?? 'no addresses'}`;
        yield { object, field: `/spec/addresses/${i}`, message };
      }
    }
  },
};

/** Stores of what controllers make in the cluster itself: no cloud has it. */
function storesThatCopy(target: TargetIndex): ReadonlySet<Manifest> {
  const copies = [...copiedSecrets(target)];
  const others = new Set(copies.flatMap(({ store, source }) => (source === undefined ? [store] : [])));
  return new Set(copies.map(({ store }) => store).filter((store) => !others.has(store)));
}

function* ofStore({ spec }: Manifest, { name, cloud, platform }: Region): Iterable<Fault> {
  const [kind] = Object.keys(record(record(spec).provider));
  if (kind === undefined || !Object.values(PROVIDERS).includes(kind)) return;
  if (kind !== PROVIDERS[platform.secretStore]) {
    yield [`/${kind}`, `is not the store of ${name}, whose platform has ${platform.secretStore}`];
    return;
  }
  for (const [field, fact] of Object.entries(FACTS[kind]?.(cloud) ?? {})) {
    for (const { value } of follow(spec.provider[kind], path(field))) {
      if (String(value).replace(/\/$/, '') !== fact) yield [`/${kind}${field}`, `is "${value}", but ${name} has "${fact}"`];
    }
  }
}

function* ofClass(object: Manifest, region: Region): Iterable<Fault> {
  const { provisioner, volumeBindingMode, parameters } = object;
  const { name, platform, zones, sharedFileSystem } = region;
  const { fileSystemId } = record(parameters);
  for (const { field, value } of follow(object, TOPOLOGIES)) {
    const other = String(value.key).endsWith('/zone')
      ? (value.values as unknown[]).find((zone) => !zones.includes(String(zone)))
      : undefined;
    if (other !== undefined) yield [`${field}/values`, `names ${other}, and the nodes of ${name} are in ${zones.join(', ')}`];
  }
  if (fileSystemId !== undefined && sharedFileSystem !== undefined && fileSystemId !== sharedFileSystem)
    yield ['/parameters/fileSystemId', `is "${fileSystemId}", but the file system of ${name} is ${sharedFileSystem}`];
  const owner = Object.keys(DRIVERS).find((each) => DRIVERS[each]?.test(String(provisioner)));
  if (owner !== undefined && owner !== platform.name)
    yield ['/provisioner', `is "${provisioner}", a driver of ${owner}, but ${name} is on ${platform.name}`];
  // Only volumes of one zone are bound to their pod's: shared ones are everywhere.
  const isBlock = provisioner === platform.storage.block.provisioner && provisioner !== platform.storage.shared.provisioner;
  if (isBlock && zones.length > 1 && volumeBindingMode !== 'WaitForFirstConsumer') {
    const message = `is ${volumeBindingMode ?? 'Immediate by default'}: the volume may be made in another zone than its pod can run in`;
    yield ['/volumeBindingMode', message];
  }
}
