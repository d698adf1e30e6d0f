import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { MODEL_SHARED } from '../kubernetes/storage-classes';
import { keep } from '../kubernetes/sync-options';
import { data } from '../kubernetes/sync-wave';

/** Properties for `SharedVolume`. */
export interface SharedVolumeProps {
  readonly accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
  readonly sizeGiB: number;
}

/** A claim on shared storage that outlives every sync. */
export class SharedVolume extends Construct {
  constructor(scope: Construct, name: string, { accessMode, sizeGiB }: SharedVolumeProps) {
    super(scope, name);

    new k8s.KubePersistentVolumeClaim(this, 'claim', {
      metadata: { name, annotations: { ...data, ...keep } },
      spec: {
        accessModes: [accessMode],
        storageClassName: MODEL_SHARED,
        resources: { requests: { storage: k8s.Quantity.fromString(`${sizeGiB}Gi`) } },
      },
    });
  }
}

const GIB = 2 ** 30;

/**
 * Size of a claim that holds models, GiB: every artefact twice, since a release serves the current revision while
 * the next one is fetched.
 *
 * @param leastGiB what the environment claims at least
 */
export function modelVolumeGiB(artefactBytes: readonly number[], leastGiB: number): number {
  const needed = (2 * artefactBytes.reduce((sum, bytes) => sum + bytes, 0)) / GIB;
  return Math.max(leastGiB, 10 * Math.ceil(needed / 10));
}
