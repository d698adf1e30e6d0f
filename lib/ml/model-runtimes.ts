import type { ImageName } from '../releases/images';

/** A server of models: what it runs, and how requests reach a model. */
export interface ModelRuntime {
  readonly image: ImageName;

  /** What it loads, as `modelFormat` names it. */
  readonly format: { readonly name: string; readonly version: string };

  /** Protocol of its answers, as KServe calls it. */
  readonly protocol: 'v1' | 'v2';

  /** @default - the image's entry point */
  readonly command?: readonly string[];
  readonly args: readonly string[];

  /** Paths that tell whether the server lives and whether the model is loaded. KServe puts the model's name in. */
  readonly liveness: string;
  readonly readiness: string;

  /** Where a model is asked. */
  route(model: string): ModelRoute;

  /**
   * Port of its metrics, which are at `/metrics`.
   *
   * @default - it serves none, and the gateway's have to do
   */
  readonly metricsPort?: number;
}

/** A path of the gateway, and what the server sees in its place if it is another. */
export interface ModelRoute {
  readonly prefix: `/${string}`;

  /** @default - the path as the client sent it */
  readonly replaceWith?: `/${string}`;
}

/** Where every server listens. */
export const MODEL_PORT = 8080;

/** Where KServe puts a model. */
const MODELS = '/mnt/models';

/** KServe's name for the model, filled in where a runtime is used. */
const NAME = '{{.Name}}';

/** KServe's own servers, of one family. */
const kserve = (image: ImageName, format: ModelRuntime['format']): ModelRuntime => ({
  ...{ image, format, protocol: 'v1' },
  args: [`--model_name=${NAME}`, `--model_dir=${MODELS}`, `--http_port=${MODEL_PORT}`],
  ...{ liveness: '/v2/health/live', readiness: `/v1/models/${NAME}`, metricsPort: MODEL_PORT },
  route: (model) => ({ prefix: `/v1/models/${model}:predict` }),
});

const triton = (format: ModelRuntime['format']): ModelRuntime => ({
  ...{ image: 'tritonserver', format, protocol: 'v2' },
  args: ['tritonserver', `--model-repository=${MODELS}`, `--http-port=${MODEL_PORT}`, '--allow-grpc=false', '--metrics-port=8002'],
  ...{ liveness: '/v2/health/live', readiness: '/v2/health/ready', metricsPort: 8002 },
  route: (model) => ({ prefix: `/v2/models/${model}/infer` }),
});

/** The servers by the name under which models ask for them. */
export const modelRuntimes = {
  sklearn: kserve('sklearnserver', { name: 'sklearn', version: '1' }),
  triton: triton({ name: 'triton', version: '2' }),
  // By Triton's backend for TorchScript: TorchServe is archived.
  pytorch: triton({ name: 'pytorch', version: '1' }),
  tensorflow: {
    ...{ image: 'tensorflow-serving', format: { name: 'tensorflow', version: '2' }, protocol: 'v1' },
    command: ['/usr/bin/tensorflow_model_server'],
    args: [`--model_name=${NAME}`, `--model_base_path=${MODELS}`, `--rest_api_port=${MODEL_PORT}`, '--port=9000'],
    ...{ liveness: `/v1/models/${NAME}`, readiness: `/v1/models/${NAME}` },
    route: (model) => ({ prefix: `/v1/models/${model}:predict` }),
  },
  // With vLLM for what generates. OpenAI's paths name no model, so a prefix does.
  huggingface: {
    ...kserve('huggingfaceserver', { name: 'huggingface', version: '1' }),
    route: (model) => ({ prefix: `/openai/${model}`, replaceWith: '/openai' }),
  },
} as const satisfies Record<string, ModelRuntime>;

export type RuntimeName = keyof typeof modelRuntimes;

/** The runtime of a name. */
export const runtimeOf = (name: RuntimeName): ModelRuntime => modelRuntimes[name];
