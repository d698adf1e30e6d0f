import type { ReleasePolicy } from '../delivery/release-policy';
import type { OllamaModelName, VllmModelName } from '../models/catalog';
import type { LatencyObjective } from '../observability/latency-objective';

/** What an environment decides about inference. */
export type LlmSettings = VllmSettings | OllamaSettings;

/** Names that servers of models may have. */
export const SERVERS = ['llm-service', 'kiva-vllm'] as const;

/** Servers whose calls are weighed between a version and the next one: each has a host of its own on the internal gateway. */
export function weighedServers(llm: LlmSettings | undefined): readonly string[] {
  return llm?.engine === 'vllm' && llm.release.kind !== 'rolling' ? [llm.server] : [];
}

/** One model on vLLM. The rest (probes, deadlines, shared memory, drain) is derived from it. */
export interface VllmSettings {
  readonly engine: 'vllm';

  /** Name of the Deployment, of its Services and of the host that clients call. */
  readonly server: (typeof SERVERS)[number];

  readonly model: VllmModelName;

  /** GPUs that one replica occupies, and the shards its tensors are split into. */
  readonly gpus: 1 | 2 | 4 | 8;

  /** Share of a GPU's memory that the engine may take for weights, activations and the KV cache. */
  readonly gpuMemoryUtilization: number;

  /** Longest prompt plus answer, tokens. */
  readonly maxModelLen: number;

  /** Requests that one replica works on at the same time. */
  readonly maxNumSeqs: number;

  /** Tokens of one engine step. */
  readonly maxNumBatchedTokens: number;

  /** Replicas that serve users; the autoscaler moves between the two. */
  readonly replicas: { readonly min: number; readonly max: number };

  readonly release: ReleasePolicy;

  /** What users are promised; each figure is the edge of a bucket of the engine's histograms, so that alerts can count exactly. */
  readonly slo: LatencyObjective;

  /** Longest time that one answer may take, seconds: what every timeout before the engine exceeds, and what a pod drains. */
  readonly longestAnswerSeconds: number;

  /** Smallest size of the claim that holds the models, GiB; more is claimed where the artefacts need it. */
  readonly modelVolumeGiB: number;
}

/** Small models on a CPU, for targets without GPUs. */
export interface OllamaSettings {
  readonly engine: 'ollama';
  readonly models: readonly OllamaModelName[];

  /** Size of the claim that holds the models, GiB. */
  readonly modelVolumeGiB: number;

  /** Longest time that one answer may take, seconds. */
  readonly longestAnswerSeconds: number;
}
