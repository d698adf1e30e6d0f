import { type Endpoint, httpUrl } from '../kubernetes/endpoint';
import type { ServedModel } from '../models/served-model';
import { type ClientTimeouts, clientTimeouts, type RequestTimeouts } from '../routing/request-timeouts';

/** How the chat reaches its model: in either case by OpenAI's API. */
export interface ModelAccess {
  readonly endpoint: Endpoint;
  readonly baseUrl: string;

  /**
   * Name to ask for.
   *
   * @default - the target serves none yet
   */
  readonly servedName?: string;
  readonly timeouts: ClientTimeouts;

  /**
   * Name in the target's store of the key that the API wants to see.
   *
   * @default - it wants none
   */
  readonly storedKey?: string;
}

/** The chat's own key, with its own limits: LiteLLM learns it from a person. */
const STORED_KEY = 'chat-service-litellm-key';

/**
 * Ollama is asked itself, as the one server of a small machine. A model on GPUs is asked through LiteLLM, which has the key of the engine, and
 * whose calls are weighed between a version and the next one. It also answers, with an error, while there is no model.
 */
export function modelAccess(
  model: ServedModel | undefined,
  litellm: { readonly endpoint: Endpoint; readonly timeouts: RequestTimeouts },
): ModelAccess {
  const accessTo = (server: Endpoint) => ({ endpoint: server, baseUrl: `${httpUrl(server)}/v1` });
  const named = model === undefined ? {} : { servedName: model.servedName };
  if (model?.engine === 'ollama') {
    const { litellm: client, publicGateway } = model.timeouts;
    return { ...named, ...accessTo(model.endpoint), timeouts: { client, publicGateway } };
  }
  return { ...named, ...accessTo(litellm.endpoint), timeouts: clientTimeouts(litellm.timeouts), storedKey: STORED_KEY };
}
