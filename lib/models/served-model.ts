import type { Endpoint } from '../kubernetes/endpoint';
import type { RequestTimeouts } from '../routing/request-timeouts';

/** A model that answers: what gateways and clients are given. */
export interface ServedModel {
  /** Name that clients ask for. */
  readonly servedName: string;

  readonly engine: 'vllm' | 'ollama';

  /** Where requests for the model go: for a model that is released step by step, the host that weighs primary and canary. */
  readonly endpoint: Endpoint;

  /** What each hop of a request waits for. */
  readonly timeouts: RequestTimeouts;

  /**
   * Name in the target's store of the key that the engine wants to see.
   *
   * @default - the engine takes requests without a key
   */
  readonly storedApiKey?: string;

  /**
   * Longest prompt plus answer, tokens.
   *
   * @default - the engine's own limit, unknown to gateways
   */
  readonly maxModelLen?: number;

  /**
   * What tokens are charged to those who ask, US dollars per million.
   *
   * @default - nothing: tokens are counted, and their price is 0
   */
  readonly price?: { readonly input: number; readonly output: number };
}
