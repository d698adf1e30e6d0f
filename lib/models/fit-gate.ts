import { gpus as gpuFacts } from '../regions/gpu';
import type { GpuPool } from '../regions/region';
import { describePlan, type MemoryDemand, type MemoryPlan, memoryPlan } from './memory-plan';

/** Lowest compute capability with kernels, by how the weights are stored; `none` is what the pinned engine itself needs. */
const CAPABILITY = { none: 7.5, awq: 7.5, gptq: 7.5, fp8: 8.9 } as const;

/** A server of a model, and the nodes it is to run on. */
export interface ServingDemand extends Omit<MemoryDemand, 'gpu'> {
  /** Name of the server, for messages. */
  readonly server: string;

  readonly pool: GpuPool;

  /** Pods that may exist at the same time: those that serve, those of a canary, those of a surge. */
  readonly peakPods: number;

  /** Requests of one pod beside its GPUs. */
  readonly podCpus: number;
  readonly podMemoryGiB: number;
}

/** Share of a node that the kubelet, the system and daemons keep from pods. */
const NODE_RESERVE = { cpus: 1, memoryGiB: 8 };

/**
 * Proves that a model fits where it is to be served.
 *
 * @throws RangeError with every reason and its arithmetic if it does not
 */
export function fitGate(demand: ServingDemand): MemoryPlan {
  const gpu = gpuFacts[demand.pool.gpu];
  const plan = memoryPlan({ ...demand, gpu });
  const problems = [...shapeProblems(demand), ...memoryProblems(demand, plan), ...capacityProblems(demand)];

  if (problems.length > 0) {
    throw new RangeError(
      problems.map((problem) => `Cannot serve "${demand.model.servedName}" on "${demand.server}" ${problem}`).join('\n'),
    );
  }
  return plan;
}

function* shapeProblems({ model, gpus, pool, maxModelLen }: ServingDemand): Generator<string> {
  const { attentionHeads, kvHeads, maxPositions } = model.shape;
  const { computeCapability } = gpuFacts[pool.gpu];
  const needed = CAPABILITY[model.quantization.method];

  if (attentionHeads % gpus !== 0) {
    yield `as its ${attentionHeads} attention heads cannot be split over ${gpus} GPUs: use a number of GPUs that divides them`;
  }
  if (kvHeads % gpus !== 0 && gpus % kvHeads !== 0) {
    yield `as its ${kvHeads} key-value heads and ${gpus} GPUs do not divide each other: use another number of GPUs`;
  }
  if (maxModelLen > maxPositions) {
    yield `with ${maxModelLen} tokens a request as it was trained for ${maxPositions}: lower maxModelLen`;
  }
  if (computeCapability < needed) {
    const weights = model.quantization.method === 'none' ? 'the engine' : `${model.quantization.method} weights`;
    yield `as ${weights} need compute capability ${needed.toFixed(1)} and a ${pool.gpu} has ${computeCapability.toFixed(1)}: use newer GPUs or other weights`;
  }
}

function* memoryProblems({ gpus, pool }: ServingDemand, plan: MemoryPlan): Generator<string> {
  const where = `on ${gpus} × ${pool.gpu}`;
  if (plan.cache < 0) {
    yield `as its weights do not fit ${where}: ${describePlan(plan)}: use more or larger GPUs, or fewer bits`;
  } else if (plan.concurrency < 1) {
    yield `as not one request of full length fits ${where}: ${describePlan(plan)}: lower maxModelLen, or use more or larger GPUs`;
  }
}

function* capacityProblems({ gpus, pool, peakPods, podCpus, podMemoryGiB }: ServingDemand): Generator<string> {
  if (gpus > pool.gpusPerNode) {
    yield `as one replica takes ${gpus} GPUs and a ${pool.instanceType} has ${pool.gpusPerNode}: use fewer GPUs, or larger nodes`;
    return;
  }
  const podsPerNode = Math.min(
    Math.floor(pool.gpusPerNode / gpus),
    Math.floor((pool.cpus - NODE_RESERVE.cpus) / podCpus),
    Math.floor((pool.memoryGiB - NODE_RESERVE.memoryGiB) / podMemoryGiB),
  );
  if (podsPerNode < 1) {
    yield `as a pod asks for ${podCpus} CPUs and ${podMemoryGiB} GiB, and a ${pool.instanceType} has ${pool.cpus} and ${pool.memoryGiB} less what the system keeps: use larger nodes`;
  } else if (peakPods > podsPerNode * pool.maxNodes) {
    const places = `${pool.maxNodes} nodes × ${podsPerNode} = ${podsPerNode * pool.maxNodes}`;
    yield `as ${peakPods} pods (serving, canary and surge) need ${peakPods * gpus} GPUs and the pool has room for ${places}: lower replicas.max, or enlarge the pool`;
  }
}
