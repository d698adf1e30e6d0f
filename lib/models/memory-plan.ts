import type { Gpu } from '../regions/gpu';
import type { VllmModel } from './catalog';

const GIB = 2 ** 30;

/** Memory of the engine itself on each GPU, GiB: CUDA context, workspace, graphs. Measured by KAITO's estimator over many models. */
const ENGINE_GIB = 2.3;

/** Weights take a little more in memory than on disk, and activations grow with them (KAITO's estimator). */
const WEIGHTS_IN_MEMORY = 1.02;
const ACTIVATIONS_PER_WEIGHTS = 0.05;

/** Keys and values are cached in 16 bits. */
const CACHE_BYTES = 2;

/** What one GPU holds while a model is served, GiB unless named otherwise. */
export interface MemoryPlan {
  /** What the engine may use of the GPU. */
  readonly usable: number;
  readonly weights: number;
  readonly engine: number;
  readonly activations: number;

  /** What is left for keys and values; negative when the model does not fit at all. */
  readonly cache: number;

  /** Keys and values of one request of the greatest length. */
  readonly cachePerRequest: number;

  /** Requests of the greatest length that fit at the same time. */
  readonly concurrency: number;
}

/** What is to be served on what. */
export interface MemoryDemand {
  readonly model: VllmModel;

  /** Size of the weights on disk, bytes. */
  readonly weightBytes: number;

  /** GPUs that the tensors are split over. */
  readonly gpus: number;
  readonly gpu: Gpu;
  readonly gpuMemoryUtilization: number;
  readonly maxModelLen: number;
}

/** Works out what each GPU of a replica has to hold. */
export function memoryPlan({ model, weightBytes, gpus, gpu, gpuMemoryUtilization, maxModelLen }: MemoryDemand): MemoryPlan {
  const weightShare = weightBytes / gpus / GIB;
  const usable = gpu.memoryGiB * gpuMemoryUtilization;
  const weights = weightShare * WEIGHTS_IN_MEMORY;
  const activations = weightShare * ACTIVATIONS_PER_WEIGHTS;
  const cache = usable - weights - ENGINE_GIB - activations;

  // With fewer key-value heads than GPUs, each GPU keeps a whole head.
  const headsPerGpu = Math.max(model.shape.kvHeads / gpus, 1);
  const cachePerToken = (2 * model.shape.layers * headsPerGpu * model.shape.headDim * CACHE_BYTES) / GIB;
  const cachePerRequest = cachePerToken * maxModelLen;

  return {
    usable,
    weights,
    engine: ENGINE_GIB,
    activations,
    cache,
    cachePerRequest,
    concurrency: Math.max(0, Math.floor(cache / cachePerRequest)),
  };
}

/** The plan as one line of arithmetic, for messages and for reviewers. */
export function describePlan({ usable, weights, engine, activations, cache, cachePerRequest }: MemoryPlan): string {
  const figures = `${usable.toFixed(1)} GiB usable - ${weights.toFixed(1)} weights - ${engine} engine - ${activations.toFixed(1)} activations`;
  return `per GPU ${figures} = ${cache.toFixed(1)} GiB for the KV cache, of which one request of full length takes ${cachePerRequest.toFixed(2)}`;
}
