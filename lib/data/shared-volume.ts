import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { MODEL_SHARED } from '../kubernetes/storage-classes';
import { keep } from '../kubernetes/sync-options';
import { data } from '../kubernetes/sync-wave';

/** Properties for `SharedVolume`. */
export interface SharedVolumeProps {
  readonly accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
  readonly sizeGiB: number;

  /**
   * Whether its content can be fetched again, so that no backup holds it.
   *
   * @default false
   */
  readonly replaceable?: boolean;
}

/** A claim that pods mount. */
export interface SharedClaim {
  readonly name: string;

  /** What the platform's shared storage can really do: with `ReadWriteOnce`, one pod at a time. */
  readonly accessMode: 'ReadWriteMany' | 'ReadWriteOnce';
}

/** Label by which Velero leaves something out. */
export const LEFT_OUT = { 'velero.io/exclude-from-backup': 'true' };

/** A claim on shared storage that outlives every sync. */
export class SharedVolume extends Construct {
  public readonly claim: SharedClaim;

  constructor(scope: Construct, name: string, { accessMode, sizeGiB, replaceable = false }: SharedVolumeProps) {
    super(scope, name);

    this.claim = { name, accessMode };
    new k8s.KubePersistentVolumeClaim(this, 'claim', {
      metadata: { name, annotations: { ...data, ...keep }, ...(replaceable ? { labels: LEFT_OUT } : {}) },
      spec: {
        accessModes: [accessMode],
        storageClassName: MODEL_SHARED,
        resources: { requests: { storage: k8s.Quantity.fromString(`${sizeGiB}Gi`) } },
      },
    });
  }
}
