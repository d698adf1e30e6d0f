import type { SizeRecommendationProps } from '../workloads/size-recommendation';

/** What one engine pod asks of its node. */
export interface EngineResources {
  readonly gpus: number;
  readonly cpuRequest: number;
  readonly cpuLimit: number;

  /** Request and limit alike, shared memory included: a pod that owns its GPUs must not be the first to be evicted. */
  readonly memoryGiB: number;

  /** Memory file system through which the shards of a model exchange tensors; none for a model on one GPU. */
  readonly sharedMemoryGiB: number;
}

/** Per GPU: tokenizer, scheduler and one worker process; the loader's buffers. 8 CPUs and 32 GiB for two GPUs. */
const CPUS_PER_GPU = 4;
const MEMORY_GIB_PER_GPU = 16;

/** NCCL's shared memory for tensor parallelism; the container default of 64 MiB makes its workers crash. */
const SHARED_MEMORY_GIB_PER_GPU = 8;

/** The least and the most that is recommended for an engine, whatever it uses: the share of one GPU, and of eight. */
export const RECOMMENDED: SizeRecommendationProps['bounds'] = { least: { cpu: '4', memory: '16Gi' }, most: { cpu: '32', memory: '128Gi' } };

/** Derives what a pod needs from the GPUs that its model is split over. */
export function engineResources(gpus: number): EngineResources {
  const sharedMemoryGiB = gpus > 1 ? SHARED_MEMORY_GIB_PER_GPU * gpus : 0;
  return {
    gpus,
    cpuRequest: CPUS_PER_GPU * gpus,
    cpuLimit: 2 * CPUS_PER_GPU * gpus,
    memoryGiB: MEMORY_GIB_PER_GPU * gpus + sharedMemoryGiB,
    sharedMemoryGiB,
  };
}
