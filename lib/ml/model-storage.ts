import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { Endpoint } from '../kubernetes/endpoint';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import type { Region } from '../regions/region';
import type { ImageName } from '../releases/images';
import type { SecretStore } from '../security/secret-store';
import { workloadIdentity } from '../security/workload-identity';
import type { Placement } from '../workloads/placement';
import { Minio } from './minio';
import type { Model, ModelStorageSettings } from './ml-settings';

/** Properties for `ModelStorage`. */
export interface ModelStorageProps {
  readonly namespace: string;
  readonly settings: ModelStorageSettings;
  readonly region: Region;

  /** A pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => string;
  readonly store: SecretStore;
  readonly placement: Placement;
}

/** Service account of every model, and the cloud's role that may read the bucket. */
const ACCOUNT = 'ml-models';

/** Where models are kept, and the identity that reads them. */
export class ModelStorage extends Construct {
  /** Service account that pods of models run as. */
  public readonly account = ACCOUNT;

  /** What the cloud's identity wants of the pods. */
  public readonly podLabels: Readonly<Record<string, string>>;

  /** Where models are fetched from; undefined for a bucket, which is on the internet. */
  public readonly endpoint: Endpoint | undefined;

  private readonly root: string;

  /**
   * @throws RangeError if models are to be kept in a bucket and the region names none
   */
  constructor(scope: Construct, name: string, props: ModelStorageProps) {
    super(scope, name);

    const { settings, region, placement } = props;
    const identity = workloadIdentity(region.cloud, ACCOUNT);
    this.podLabels = identity.podLabels;
    const minio = settings.kind === 'minio' ? new Minio(this, 'minio', { ...props, sizeGiB: settings.sizeGiB }) : undefined;
    this.endpoint = minio?.endpoint;
    this.root = minio === undefined ? bucketOf(region) : minio.root;

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: ACCOUNT, annotations: { ...beforeWorkloads, ...identity.annotations } },
      automountServiceAccountToken: false,
      imagePullSecrets: placement.imagePullSecrets.map((secret) => ({ name: secret })),
      // KServe takes endpoint and credentials of S3 from here.
      ...(minio === undefined ? {} : { secrets: [{ name: minio.credentials }] }),
    });
  }

  /** Where KServe finds a version of a model. */
  public uri({ name, version }: Pick<Model, 'name' | 'version'>): string {
    return `${this.root}/${name}/${version}`;
  }
}

/** Models are below `ml/`: the bucket also mirrors those of the LLM engines. */
function bucketOf({ name, cloud, modelBucket }: Region): string {
  if (modelBucket !== undefined && cloud.kind === 'aws') return `s3://${modelBucket}/ml`;
  if (modelBucket !== undefined && cloud.kind === 'gcp') return `gs://${modelBucket}/ml`;
  throw new RangeError(
    `Cannot keep models of "${name}" in a bucket as the region has none on AWS or Google Cloud: give it a modelBucket, or take minio`,
  );
}
