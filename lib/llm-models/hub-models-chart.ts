import type { App } from 'cdk8s';

import { SharedVolume } from '../data/shared-volume';
import { AppChart } from '../kubernetes/app-chart';
import { envFromSecret } from '../kubernetes/secret-key';
import type { StoredModel } from '../models/stored-model';
import type { Region } from '../regions/region';
import type { ImageName } from '../releases/images';
import type { ModelPin } from '../releases/models';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { workloadIdentity } from '../security/workload-identity';
import { modelVolumeGiB } from './model-volume';
import { PrefetchJob, type PrefetchStep } from './prefetch-job';

/** Properties for `HubModelsChart`. */
export interface HubModelsProps {
  readonly region: Region;
  readonly store: SecretStore;
  readonly model: ModelPin;

  /** Reference of a pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => string;

  readonly imagePullSecrets: readonly string[];

  /** Size that the environment claims at least, GiB. */
  readonly leastVolumeGiB: number;

  /** Seconds that the download and its verification may take, with a second try. Servers wait for it. */
  readonly fetchSeconds: number;
}

/** Kernels and graphs of a few engine releases and GPU kinds. */
const COMPILE_CACHE_GIB = 20;

/**
 * A model for vLLM on shared storage, and the Job that brings it there and verifies it.
 *
 * An app of its own: the app that holds the Canary syncs in one wave, so what must come first cannot be in it.
 */
export class HubModelsChart extends AppChart {
  public readonly model: StoredModel;

  /** Claim on which servers keep what they compile, so that a start finds the kernels of the one before. */
  public readonly compileCache = 'compile-cache';

  constructor(app: App, id: string, { region, store, model, image, imagePullSecrets, leastVolumeGiB, fetchSeconds }: HubModelsProps) {
    super(app, id, 'llm');

    const { accessMode } = region.platform.storage.shared;
    const claim = 'model-store';
    new SharedVolume(this, claim, { accessMode, sizeGiB: modelVolumeGiB([model.bytes], leastVolumeGiB), replaceable: true });
    new SharedVolume(this, this.compileCache, { accessMode, sizeGiB: COMPILE_CACHE_GIB, replaceable: true });

    const folder = `${model.name}/${model.revision ?? 'unresolved'}`;
    const mark = model.sha256 === undefined ? undefined : `sha256:${model.sha256}`;
    const target = [
      { name: 'MODEL_FOLDER', value: folder },
      { name: 'MODEL_MARK', value: mark ?? '' },
    ];
    const token = new DeliveredSecret(this, 'model-registry', { store, values: { 'model-registry-token': 'model-registry-token' } });
    const bucket = bucketOf(model, folder, region);
    const mirror: PrefetchStep[] =
      bucket === undefined
        ? []
        : [
            {
              name: 'mirror',
              image: image('model-mirror'),
              script: 'mirror-model.sh',
              env: [...target, { name: 'MODEL_BUCKET', value: bucket.name }, { name: 'MODEL_PREFIX', value: bucket.prefix }],
            },
          ];

    new PrefetchJob(this, 'model-fetch', {
      namespace: this.namespace,
      claim,
      deadlineSeconds: fetchSeconds,
      identity: workloadIdentity(region.cloud, 'model-fetch'),
      imagePullSecrets,
      steps: [
        ...mirror,
        {
          name: 'fetch',
          image: image('vllm'), // it brings the hub's own client
          script: 'fetch-model.sh',
          env: [
            ...target,
            { name: 'MODEL_REPOSITORY', value: model.source.kind === 'hugging-face' ? model.source.repository : '' },
            { name: 'MODEL_REVISION', value: model.revision ?? '' },
            // Of pieces that other files might share: the scratch volume has no room for the 10 GB that it may take.
            { name: 'HF_XET_CHUNK_CACHE_SIZE_BYTES', value: '0' },
            // Anonymous downloads of many regions at once run into the hub's rate limit.
            envFromSecret('HF_TOKEN', token.key('model-registry-token')),
          ],
        },
      ],
    });

    this.model = { claim, folder, fetchSeconds, ...(mark === undefined ? {} : { mark }) };
  }
}

/** The bucket that holds a model: the pin's own source, or the region's mirror of the hub. */
function bucketOf({ source, name, uri }: ModelPin, folder: string, { modelBucket }: Region): { name: string; prefix: string } | undefined {
  if (source.kind === 's3') return { name: source.bucket, prefix: source.prefix };
  if (source.kind === 'ollama') {
    throw new RangeError(`Cannot serve "${name}" from "${uri}" as vLLM's models come from the hub or a bucket: pin it as hf://… or s3://…`);
  }
  return modelBucket === undefined ? undefined : { name: modelBucket, prefix: `models/${folder}` };
}
