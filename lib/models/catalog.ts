/** What a model is, whatever target serves it. Where it comes from is a pin in `releases/`. */
export type ModelFacts = VllmModel | OllamaModel;

/** A model that vLLM serves on GPUs. Its age is that of the pinned revision. */
export interface VllmModel {
  readonly engine: 'vllm';

  /** What the weights were made with: safetensors of PyTorch are the one format that is fetched. */
  readonly framework: 'pytorch';

  /** Name that clients ask for. */
  readonly servedName: string;

  /** Licence gate: the hub hands the files out only to a token that has accepted the terms. */
  readonly gated: boolean;

  /** Shape of the network, from the checkpoint's `config.json`. */
  readonly shape: {
    readonly layers: number;
    readonly attentionHeads: number;
    readonly kvHeads: number;
    readonly headDim: number;
    /** Positions the model was trained for, tokens. */
    readonly maxPositions: number;
  };

  /** How the weights are stored. The bits and the group size come from the checkpoint; vLLM takes the method alone. */
  readonly quantization:
    | { readonly method: 'none' }
    | { readonly method: 'awq' | 'gptq' | 'fp8'; readonly bits: 4 | 8; readonly groupSize: number };
}

/** A model that Ollama serves, on a CPU if it must. */
export interface OllamaModel {
  readonly engine: 'ollama';

  /** Name that clients ask for. */
  readonly servedName: string;
}

/** Every model that a target may serve. */
export const catalog = {
  'llama-2-70b-chat-awq': {
    engine: 'vllm',
    framework: 'pytorch',
    servedName: 'llama-2-70b-chat',
    gated: false,
    shape: { layers: 80, attentionHeads: 64, kvHeads: 8, headDim: 128, maxPositions: 4096 },
    quantization: { method: 'awq', bits: 4, groupSize: 128 },
  },
  'llama-3.1-8b-instruct': {
    engine: 'vllm',
    framework: 'pytorch',
    servedName: 'llama-3.1-8b-instruct',
    gated: true,
    shape: { layers: 32, attentionHeads: 32, kvHeads: 8, headDim: 128, maxPositions: 131072 },
    quantization: { method: 'none' },
  },
  tinyllama: { engine: 'ollama', servedName: 'tinyllama' },
  gemma3: { engine: 'ollama', servedName: 'gemma3' },
} as const satisfies Record<string, ModelFacts>;

export type ModelName = keyof typeof catalog;
export type VllmModelName = { [N in ModelName]: (typeof catalog)[N] extends { engine: 'vllm' } ? N : never }[ModelName];
export type OllamaModelName = Exclude<ModelName, VllmModelName>;

/** Names of the catalogue, for the reader of the pins. */
export const modelNames = Object.keys(catalog) as ModelName[];
