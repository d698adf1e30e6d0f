import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { quantity } from '../quantity';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const CLASS = 'StorageClass.storage.k8s.io';
const TIB = 2 ** 40;

/** The largest volume of a driver, TiB, by the kind that its class asks for. What is not listed grows with what is written. */
const LARGEST: Readonly<Record<string, readonly [parameter: string, byKind: Readonly<Record<string, number>>, others: number]>> = {
  'ebs.csi.aws.com': ['type', { gp2: 16, io1: 16, sc1: 16, st1: 16, standard: 1 }, 64],
  'disk.csi.azure.com': ['skuName', { PremiumV2_LRS: 64, UltraSSD_LRS: 64 }, 32],
  'file.csi.azure.com': ['skuName', { PremiumV2_LRS: 256, PremiumV2_ZRS: 256 }, 100],
  'pd.csi.storage.gke.io': ['type', {}, 64],
};

/** Options that one protocol alone knows: mounting with those of another fails. */
const OPTIONS: readonly (readonly [protocol: string, options: RegExp])[] = [
  ['NFS', /^(?:nconnect|noresvport|nfsvers|minorversion|lookupcache)(?:=|$)/],
  ['SMB', /^(?:dir_mode|file_mode|mfsymlinks|cache|nosharesock|nobrl|serverino|multichannel)(?:=|$)/],
];

export const volumesCanBeMade: Rule = {
  id: 'volumes-can-be-made',
  title: 'Every volume is of a size that its driver makes, and is mounted with options of the protocol that it speaks.',
  why: 'A driver refuses a volume that is larger than what its cloud has, and a node one with options that it does not know: the claim or every pod that mounts it waits for ever.',
  fix: 'Correct the size, in which a digit or a unit is often too much, or take the options from the platform in lib/regions/, which sets them with the protocol.',
  *check(target) {
    for (const object of target.all(CLASS)) yield* mounted(object);
    for (const object of target.all('PersistentVolumeClaim')) yield* ofClaim(object, object.spec, '/spec', target);
    for (const object of target.all('StatefulSet.apps')) {
      for (const [i, { spec }] of records(object.spec?.volumeClaimTemplates).entries())
        yield* ofClaim(object, spec, `/spec/volumeClaimTemplates/${i}/spec`, target);
    }
    for (const kind of ['Prometheus', 'Alertmanager']) {
      for (const object of target.all(`${kind}.monitoring.coreos.com`))
        yield* ofClaim(object, object.spec?.storage?.volumeClaimTemplate?.spec, '/spec/storage/volumeClaimTemplate/spec', target);
    }
    for (const object of target.all('Cluster.postgresql.cnpg.io')) {
      for (const storage of ['storage', 'walStorage']) {
        const { size, storageClass } = record(object.spec?.[storage]);
        yield* tooLarge(object, storageClass, size, `/spec/${storage}/size`, target);
      }
    }
  },
};

const ofClaim = (object: Manifest, spec: unknown, field: string, target: TargetIndex): Iterable<Problem> =>
  tooLarge(
    object,
    record(spec).storageClassName,
    record(record(record(spec).resources).requests).storage,
    `${field}/resources/requests/storage`,
    target,
  );

function* tooLarge(object: Manifest, storageClass: unknown, size: unknown, field: string, target: TargetIndex): Iterable<Problem> {
  const found = target.find(CLASS, '', String(storageClass));
  const provisioner = String(found?.['provisioner']);
  const [parameter = '', byKind = {}, others] = (Object.hasOwn(LARGEST, provisioner) ? LARGEST[provisioner] : undefined) ?? [];
  if (others === undefined) return;
  const kind = String(record(found?.['parameters'])[parameter]);
  const most = (Object.hasOwn(byKind, kind) ? byKind[kind] : undefined) ?? others;
  if (!(quantity(size) > most * TIB)) return;
  yield { object, field, message: `is ${size}, and a volume of class "${storageClass}" (${provisioner}) has ${most}Ti at most` };
}

function* mounted(object: Manifest): Iterable<Problem> {
  const spoken = protocolOf(object);
  if (spoken === undefined) return;
  const options: unknown = object['mountOptions'];
  for (const [i, option] of (Array.isArray(options) ? options : []).entries()) {
    const [protocol] = OPTIONS.find(([, shape]) => shape.test(String(option))) ?? [];
    if (protocol === undefined || protocol === spoken) continue;
    const message = `is "${option}", an option of ${protocol}, but volumes of the class are mounted as ${spoken}`;
    yield { object, field: `/mountOptions/${i}`, message };
  }
}

/** How nodes mount what a class makes. Azure's shares speak SMB unless the class says otherwise. */
function protocolOf(object: Manifest): string | undefined {
  const provisioner = String(object['provisioner']);
  if (provisioner === 'file.csi.azure.com') return String(record(object['parameters']).protocol ?? 'smb').toUpperCase();
  if (/^(?:efs\.csi\.aws\.com|filestore\.csi\.storage\.gke\.io|nfs\.csi\.k8s\.io)$/.test(provisioner)) return 'NFS';
  return Object.hasOwn(LARGEST, provisioner) ? 'a disk' : undefined;
}
