import type { RequestTimeouts } from '../routing/request-timeouts';

/** A model that a provider on the internet answers for. */
export interface HostedModel {
  /** Name that clients ask for. */
  readonly servedName: string;

  /** Provider and the provider's name of the model, as LiteLLM writes them. */
  readonly model: `openai/${string}`;

  /** Environment variable that holds the provider's key. */
  readonly keyVariable: string;

  /** What each hop of a request waits for. */
  readonly timeouts: RequestTimeouts;
}
