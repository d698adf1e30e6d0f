import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { DATA_BLOCK, MODEL_SHARED } from '../kubernetes/storage-classes';
import { keep } from '../kubernetes/sync-options';
import { ground } from '../kubernetes/sync-wave';
import type { StorageClassFacts } from '../regions/platform';
import type { Region } from '../regions/region';

/** Drivers whose volumes never grow: a file system without bounds, or a folder of the node. */
const FIXED_SIZE = new Set(['efs.csi.aws.com', 'k8s.io/minikube-hostpath', 'microk8s.io/hostpath', 'rancher.io/local-path']);

/**
 * The two storage classes, by role. Both keep a volume whose claim is gone: what was in it may be all that is left.
 *
 * A class of our own instead of the provider's, whose settings AKS would reset and nobody can change in place.
 */
export class Storage extends Construct {
  /**
   * @throws RangeError if shared volumes are made on EFS and the region names no file system
   */
  constructor(scope: Construct, region: Region) {
    super(scope, 'storage');

    const { block, shared } = region.platform.storage;

    // Next to its pod: a disk of one zone cannot be mounted in another.
    this.define(DATA_BLOCK, block, 'WaitForFirstConsumer');
    // A shared file system is reached from every node; a folder is on the node of the first pod.
    this.define(
      MODEL_SHARED,
      { ...shared, parameters: { ...shared.parameters, ...fileSystem(region) } },
      shared.accessMode === 'ReadWriteMany' ? 'Immediate' : 'WaitForFirstConsumer',
    );
  }

  private define(
    name: string,
    { provisioner, parameters, mountOptions }: StorageClassFacts,
    volumeBindingMode: 'Immediate' | 'WaitForFirstConsumer',
  ): void {
    new k8s.KubeStorageClass(this, name, {
      metadata: { name, annotations: { ...ground, ...keep } }, // volumes that stay must be able to grow
      provisioner,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters: { ...parameters } }),
      ...(mountOptions === undefined ? {} : { mountOptions: [...mountOptions] }),
      reclaimPolicy: 'Retain',
      volumeBindingMode,
      allowVolumeExpansion: !FIXED_SIZE.has(provisioner),
    });
  }
}

/** EFS makes access points on a file system that exists; the other drivers make file systems. */
function fileSystem({ name, platform, sharedFileSystem }: Region): Record<string, string> {
  if (platform.storage.shared.provisioner !== 'efs.csi.aws.com') return {};
  if (sharedFileSystem === undefined) {
    throw new RangeError(
      `Cannot make shared volumes in "${name}" as EFS needs a file system to make them on: give the region its sharedFileSystem`,
    );
  }
  return { fileSystemId: sharedFileSystem };
}
