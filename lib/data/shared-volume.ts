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

/** A claim that pods mount. */
export interface SharedClaim {
  readonly name: string;

  /** What the platform's shared storage can really do: with `ReadWriteOnce`, one pod at a time. */
  readonly accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
}

/** A claim on shared storage that outlives every sync. */
export class SharedVolume extends Construct {
  public readonly claim: SharedClaim;

  constructor(scope: Construct, name: string, { accessMode, sizeGiB }: SharedVolumeProps) {
    super(scope, name);

    this.claim = { name, accessMode };
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
