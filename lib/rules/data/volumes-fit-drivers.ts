import type { Manifest } from '../../kubernetes/manifest';
import { escaped, record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Drivers whose volumes are disks, and those whose volumes are file systems: a disk is on one node at a time. */
const DISKS = /^(?:ebs\.csi\.aws\.com|disk\.csi\.azure\.com|pd\.csi\.storage\.gke\.io)$/;

/** What some drivers call the kinds of their disks. */
const KINDS: Readonly<Record<string, readonly [parameter: string, values: readonly string[]]>> = {
  'ebs.csi.aws.com': ['type', ['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'standard']],
  'disk.csi.azure.com': [
    'skuName',
    ['Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_LRS', 'Premium_ZRS', 'PremiumV2_LRS', 'UltraSSD_LRS'],
  ],
  'pd.csi.storage.gke.io': ['type', ['pd-balanced', 'pd-ssd', 'pd-standard', 'pd-extreme', 'hyperdisk-balanced', 'hyperdisk-extreme']],
};

/** What EBS's driver can be told; it refuses everything else, whatever the case. */
const OF_EBS =
  /^(?:type|iops|iopspergb|allowautoiopspergbincrease|throughput|encrypted|kmskeyid|blockexpress|blocksize|inodesize|bytesperinode|numberofinodes|ext4bigalloc|ext4clustersize|volumeinitializationrate|fstype|tagspecification_\d+|csi\.storage\.k8s\.io\/.+)$/;

const FILE_SYSTEM_PARAMETERS = ['csi.storage.k8s.io/fstype', 'fsType', 'fstype'];
const FILE_SYSTEMS = ['ext3', 'ext4', 'xfs', 'btrfs', 'ext2', 'ntfs', 'nfs'];

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';

const SHARED = ['ReadWriteMany', 'ReadOnlyMany'];

export const volumesFitDrivers: Rule = {
  id: 'volumes-fit-drivers',
  title: 'A claim asks for what the driver of its class can make, a class for a kind that the driver has, and somebody mounts the claim.',
  why: 'A driver refuses what it cannot make, and the claim and every pod that mounts it stay Pending; a claim that nobody mounts is paid for every month.',
  fix: 'Take the class by its role, DATA_BLOCK or MODEL_SHARED of lib/kubernetes/storage-classes.ts; remove a claim that nobody mounts.',
  *check(target) {
    for (const object of target.all('StorageClass.storage.k8s.io')) yield* ofClass(object);
    const defaults = target.all('StorageClass.storage.k8s.io').filter(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true');
    for (const object of defaults.slice(1)) {
      const message = `is "true", as for StorageClass/${defaults[0]?.metadata.name}: which of them a claim gets depends on their age`;
      yield { object, field: `/metadata/annotations/${escaped(IS_DEFAULT)}`, message };
    }
    const mounted = new Set(
      target.workloads.flatMap(({ namespace, pod }) =>
        records(pod.volumes).map(({ persistentVolumeClaim: claim }) => `${namespace}/${record(claim).claimName}`),
      ),
    );
    for (const object of target.all('PersistentVolumeClaim')) {
      yield* ofClaim(object, record(object.spec), '/spec', target);
      const folder = object.spec?.volumeMode === 'Block' ? mounterOf(object, target) : undefined;
      if (folder !== undefined)
        yield { object, field: '/spec/volumeMode', message: `is Block, but ${folder} mounts the claim as a folder` };
      if (mounted.has(`${object.metadata.namespace}/${object.metadata.name}`)) continue;
      yield { object, field: '/metadata/name', message: `is "${object.metadata.name}", which no pod mounts` };
    }
    for (const object of target.all('StatefulSet.apps')) {
      for (const [i, { spec }] of records(object.spec?.volumeClaimTemplates).entries()) {
        yield* ofClaim(object, record(spec), `/spec/volumeClaimTemplates/${i}/spec`, target);
      }
    }
  },
};

/** A workload whose containers mount a claim as a folder. */
function mounterOf({ metadata }: Manifest, target: TargetIndex): string | undefined {
  for (const { object, namespace, pod, containers } of target.workloads) {
    const volume = records(pod.volumes).find(({ persistentVolumeClaim: claim }) => record(claim).claimName === metadata.name);
    if (namespace !== metadata.namespace || volume === undefined) continue;
    if (containers.some(({ spec }) => records(spec.volumeMounts).some(({ name }) => name === volume.name)))
      return `${object.kind}/${object.metadata.name}`;
  }
  return undefined;
}

function* ofClass(object: Manifest) {
  const provisioner = String(object['provisioner']);
  const parameters = record(object['parameters']);
  const [parameter = '', values = []] = (Object.hasOwn(KINDS, provisioner) ? KINDS[provisioner] : undefined) ?? [];
  const value = parameters[parameter];
  if (value !== undefined && !values.includes(value)) {
    const message = `is "${value}", which ${provisioner} does not have (there: ${values.join(', ')})`;
    yield { object, field: `/parameters/${parameter}`, message };
  }
  for (const name of FILE_SYSTEM_PARAMETERS) {
    const system = parameters[name];
    if (typeof system === 'string' && !FILE_SYSTEMS.includes(system.toLowerCase()))
      yield { object, field: `/parameters/${escaped(name)}`, message: `is "${system}", and nodes make one of ${FILE_SYSTEMS.join(', ')}` };
  }
  if (provisioner === 'file.csi.azure.com') {
    const { protocol = 'smb', skuName = 'Standard_LRS' }: Readonly<Record<string, unknown>> = parameters;
    if (protocol !== 'smb' && protocol !== 'nfs')
      yield { object, field: '/parameters/protocol', message: `is "${protocol}", which ${provisioner} does not speak (there: nfs, smb)` };
    if (protocol === 'nfs' && !/^Premium/.test(String(skuName)))
      yield { object, field: '/parameters/skuName', message: `is "${skuName}", and only Premium speaks NFS` };
  }
  for (const [name, message] of provisioner === 'ebs.csi.aws.com' ? ofEbs(parameters) : ofEfs(provisioner, parameters)) {
    yield { object, field: `/parameters/${escaped(name)}`, message };
  }
}

function* ofEbs(parameters: Readonly<Record<string, unknown>>): Iterable<readonly [parameter: string, message: string]> {
  for (const name of Object.keys(parameters)) {
    if (!OF_EBS.test(name.toLowerCase())) yield [name, 'is nothing that the driver knows: it refuses to make a volume'];
  }
  if (parameters['encrypted'] === 'false') yield ['encrypted', 'is "false": what is written could be read from the disk'];
}

/** EFS makes an access point of one file system for each volume, and nothing else. */
function* ofEfs(provisioner: string, parameters: Readonly<Record<string, unknown>>) {
  if (provisioner !== 'efs.csi.aws.com' || Object.keys(parameters).length === 0) return;
  const { provisioningMode, fileSystemId } = parameters;
  if (provisioningMode !== 'efs-ap')
    yield ['provisioningMode', `is ${provisioningMode ?? 'missing'}, and the driver makes access points alone: efs-ap`] as const;
  if (fileSystemId === undefined) yield ['fileSystemId', 'is missing: the driver does not know on which file system'] as const;
}

function* ofClaim(
  object: Manifest,
  { storageClassName, accessModes, volumeMode }: Readonly<Record<string, unknown>>,
  field: string,
  target: TargetIndex,
) {
  const name = String(storageClassName);
  const provisioner = target.find('StorageClass.storage.k8s.io', '', name)?.['provisioner'];
  const shared = (Array.isArray(accessModes) ? accessModes : []).find((mode) => SHARED.includes(String(mode)));
  if (shared === undefined || volumeMode === 'Block' || !DISKS.test(String(provisioner))) return;
  yield {
    object,
    field: `${field}/accessModes`,
    message: `is ${shared}, but class "${name}" makes disks (${provisioner}), which only one node can mount at a time`,
  };
}
