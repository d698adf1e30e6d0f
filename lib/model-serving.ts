import type { App } from 'cdk8s';
import type { Endpoint } from './kubernetes/endpoint';
import type { LlmSettings, OllamaSettings, VllmSettings } from './llm/llm-settings';
import { OllamaChart } from './llm/ollama-chart';
import { ENGINE_API_KEY, VllmChart } from './llm/vllm-chart';
import { HubModelsChart } from './llm-models/hub-models-chart';
import { OllamaModelsChart } from './llm-models/ollama-models-chart';
import { catalog, type ModelName } from './models/catalog';
import { engineBudgets } from './models/engine-budgets';
import type { ServedModel } from './models/served-model';
import type { Region } from './regions/region';
import type { ImageName } from './releases/images';
import type { Pins } from './releases/pins';
import type { InternalGateway } from './routing/gateway';
import { requestTimeouts } from './routing/request-timeouts';
import type { SecretStore } from './security/secret-store';

/** What serving models takes, whatever the engine. */
export interface ServingProps<S extends LlmSettings = LlmSettings> {
  readonly settings: S;
  readonly region: Region;
  readonly pins: Pins<ImageName, ModelName>;
  readonly store: SecretStore;
  readonly imagePullSecrets: readonly string[];
  readonly gateway: InternalGateway;

  /**
   * Where spans are sent.
   *
   * @default - nothing is traced
   */
  readonly traces?: Endpoint | undefined;

  /** Whether a scheduler of our own packs engines onto nodes. */
  readonly packed: boolean;

  /** Whether engines are watched for what they should request. */
  readonly recommendSizes: boolean;
}

/** Defines the two apps that serve a target's models: one brings the files, the other answers. */
export function serveModels(app: App, { settings, ...props }: ServingProps): readonly ServedModel[] {
  return settings.engine === 'vllm' ? serveOnGpus(app, { settings, ...props }) : serveOnProcessors(app, { settings, ...props });
}

function serveOnGpus(
  app: App,
  { settings, region, pins, store, imagePullSecrets, gateway, packed, recommendSizes, traces }: ServingProps<VllmSettings>,
): readonly ServedModel[] {
  const { gpuPool: pool } = region;
  if (pool === undefined) {
    throw new RangeError(
      `Cannot serve "${settings.model}" in "${region.name}" as vLLM needs GPUs: give the region a gpuPool, or serve with Ollama`,
    );
  }
  const pin = pins.model(settings.model);
  const model = catalog[settings.model];
  const image = (name: ImageName) => pins.image(name).reference;
  const budgets = engineBudgets(pin.bytes, region.platform.storage.shared.readMiBps, settings.longestAnswerSeconds);

  const models = new HubModelsChart(app, 'llm-models', {
    ...{ region, store, image, imagePullSecrets, model: pin },
    ...{ leastVolumeGiB: settings.modelVolumeGiB, fetchSeconds: budgets.fetchSeconds },
  });
  const { endpoint } = new VllmChart(app, 'llm', {
    ...{ settings, model, pin, pool, packed, budgets, image, imagePullSecrets, store, gateway },
    ...{ stored: models.model, compileCache: models.compileCache, recommendSizes },
    ...(traces === undefined ? {} : { traces }),
  });

  const timeouts = requestTimeouts(settings.longestAnswerSeconds);
  return [
    { servedName: model.servedName, engine: 'vllm', endpoint, timeouts, storedApiKey: ENGINE_API_KEY, maxModelLen: settings.maxModelLen },
  ];
}

function serveOnProcessors(app: App, { settings, region, pins, imagePullSecrets }: ServingProps<OllamaSettings>): readonly ServedModel[] {
  const image = pins.image('ollama').reference;
  const placement = { pool: region.modelPool ?? region.cpuPool, imagePullSecrets };
  const models = settings.models.map((name) => ({ pin: pins.model(name), servedName: catalog[name].servedName }));

  const { stored } = new OllamaModelsChart(app, 'llm-models', {
    region,
    models,
    image,
    placement,
    leastVolumeGiB: settings.modelVolumeGiB,
  });
  const { endpoint } = new OllamaChart(app, 'llm', {
    stored,
    image,
    placement,
    longestAnswerSeconds: settings.longestAnswerSeconds,
  });

  const timeouts = requestTimeouts(settings.longestAnswerSeconds);
  return settings.models.map((name) => ({ servedName: catalog[name].servedName, engine: 'ollama', endpoint, timeouts }));
}
