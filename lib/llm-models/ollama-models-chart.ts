import type { App } from 'cdk8s';

import { SharedVolume } from '../data/shared-volume';
import { AppChart } from '../kubernetes/app-chart';
import { MODELS_MOUNT, type StoredModel } from '../models/stored-model';
import type { Region } from '../regions/region';
import type { ModelPin } from '../releases/models';
import { workloadIdentity } from '../security/workload-identity';
import type { Placement } from '../workloads/placement';
import { modelVolumeGiB } from './model-volume';
import { PrefetchJob } from './prefetch-job';

/** Properties for `OllamaModelsChart`. */
export interface OllamaModelsProps {
  readonly region: Region;

  /** What is pulled, and the name that clients ask for. */
  readonly models: readonly { readonly pin: ModelPin; readonly servedName: string }[];

  readonly image: string;

  /** The nodes of the server, too: where the claim is a folder of one node, it is that of whoever comes first. */
  readonly placement: Placement;

  /** Size that the environment claims at least, GiB. */
  readonly leastVolumeGiB: number;
}

/** An hour brings a few GB through any office's line. */
const DEADLINE_SECONDS = 3600;

/** Models for Ollama on a claim, and the Job that pulls them. */
export class OllamaModelsChart extends AppChart {
  public readonly stored: StoredModel;

  constructor(app: App, id: string, { region, models, image, placement, leastVolumeGiB }: OllamaModelsProps) {
    super(app, id, 'llm');

    const claim = 'model-store';
    const folder = 'ollama';
    // A name without a tag is `latest` to Ollama, so that each model is also given the name that clients ask for.
    const names = models.map(({ pin, servedName }) => `${servedName}=${libraryName(pin)}`).join(' ');

    new SharedVolume(this, claim, {
      accessMode: region.platform.storage.shared.accessMode,
      sizeGiB: modelVolumeGiB(
        models.map(({ pin }) => pin.bytes),
        leastVolumeGiB,
      ),
      replaceable: true,
    });
    new PrefetchJob(this, 'model-pull', {
      namespace: this.namespace,
      claim,
      deadlineSeconds: DEADLINE_SECONDS,
      identity: workloadIdentity(region.cloud, 'model-pull'),
      imagePullSecrets: placement.imagePullSecrets,
      pool: placement.pool,
      steps: [
        {
          name: 'pull',
          image,
          script: 'pull-models.sh',
          env: [
            { name: 'OLLAMA_MODELS', value: `${MODELS_MOUNT}/${folder}` },
            { name: 'OLLAMA_PULL', value: names },
          ],
        },
      ],
    });

    this.stored = { claim, folder, mark: names, fetchSeconds: DEADLINE_SECONDS };
  }
}

/** How Ollama's library names a model: `gemma3:4b`. */
function libraryName({ name, source, revision, uri }: ModelPin): string {
  if (source.kind !== 'ollama') {
    throw new RangeError(`Cannot pull "${name}" from "${uri}" as Ollama's models come from its library: pin it as ollama://<name>`);
  }
  return revision === undefined ? source.name : `${source.name}:${revision}`;
}
