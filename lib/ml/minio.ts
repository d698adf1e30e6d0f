import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Construct } from 'constructs';

import { SharedVolume } from '../data/shared-volume';
import { type Endpoint, httpUrl, serviceHost } from '../kubernetes/endpoint';
import { data } from '../kubernetes/sync-wave';
import { allowInternet, connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import { MigrationJob } from '../workloads/migration-job';
import type { ServiceContainer } from '../workloads/service-container';
import { WebService } from '../workloads/web-service';
import type { ModelStorageProps } from './model-storage';

/** Properties for `Minio`. */
export interface MinioProps extends Omit<ModelStorageProps, 'settings'> {
  /** Volume of the models, GiB. */
  readonly sizeGiB: number;
}

const PORT = 9000;
const BUCKET = 'models';

/** User of both images. */
const USER = 1000;

/** A server that has just been started, and a file of a kilobyte. */
const SAMPLE_SECONDS = 600;

/**
 * Object storage for a cluster without a cloud, with the one model that everybody can check: `sklearn-iris`. One pod with one volume,
 * and not backed up: models come from elsewhere.
 */
export class Minio extends Construct {
  public readonly endpoint: Endpoint;

  /** Secret with which KServe reads. */
  public readonly credentials: string;

  /** Where models begin. */
  public readonly root = `s3://${BUCKET}/ml`;

  constructor(scope: Construct, name: string, { namespace, sizeGiB, region, image, store, placement }: MinioProps) {
    super(scope, name);

    const host = serviceHost(name, namespace);
    const secret = new DeliveredSecret(this, `${name}-credentials`, {
      store,
      values: { AWS_ACCESS_KEY_ID: 'minio-root-user', AWS_SECRET_ACCESS_KEY: 'minio-root-password' },
      annotations: {
        'serving.kserve.io/s3-endpoint': `${host}:${PORT}`,
        'serving.kserve.io/s3-region': 'us-east-1', // MinIO's own name for where it is
        'serving.kserve.io/s3-usehttps': '0', // it is in the same namespace, and has no certificate
        'serving.kserve.io/s3-usevirtualbucket': 'false',
      },
    });
    this.credentials = `${name}-credentials`;
    const user = secret.key('AWS_ACCESS_KEY_ID');
    const password = secret.key('AWS_SECRET_ACCESS_KEY');

    const { accessMode } = region.platform.storage.shared;
    const volume = new SharedVolume(this, `${name}-models`, { accessMode, sizeGiB });
    const server = new WebService(this, name, {
      namespace,
      container: {
        image: image('minio'),
        args: ['server', '/data', `--address=:${PORT}`],
        env: { HOME: '/tmp', MINIO_ROOT_USER: user, MINIO_ROOT_PASSWORD: password, MINIO_BROWSER: 'off' },
        scratch: { '/tmp': '256Mi' },
        shared: { '/data': volume.claim },
        ...{ user: USER, size: 'low' },
      },
      ports: { http: PORT },
      scale: { kind: 'fixed', replicas: 1 },
      probes: { liveness: '/minio/health/live', readiness: '/minio/health/ready', startupSeconds: 60 },
      longestRequestSeconds: 60,
      wave: data, // the sample is put into it before models start
      placement,
    });
    this.endpoint = server.endpoint;

    const sample = new MigrationJob(this, 'sample-model', {
      namespace,
      container: sampleContainer(image('model-mirror'), httpUrl(server.endpoint), {
        AWS_ACCESS_KEY_ID: user,
        AWS_SECRET_ACCESS_KEY: password,
      }),
      waitFor: [],
      deadlineSeconds: SAMPLE_SECONDS,
      placement,
    });
    connect(sample.peer, server.endpoint);
    allowInternet({ ...sample.peer, scope: this });
  }
}

function sampleContainer(image: string, endpoint: string, credentials: ServiceContainer['env']): Omit<ServiceContainer, 'configuration'> {
  return {
    image,
    command: ['sh', '-c', readFileSync(join(__dirname, 'sample-model.sh'), 'utf8')],
    env: {
      ...credentials,
      ...{ AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: endpoint, HOME: '/tmp' },
      ...{ BUCKET, TARGET: 'ml/sklearn-iris/v1/model.joblib' },
    },
    scratch: { '/tmp': '64Mi' },
    ...{ user: USER, size: 'low' },
  };
}
