/** Seconds that each hop of a request waits for the next one. */
export interface RequestTimeouts {
  readonly engine: number;
  readonly internalGateway: number;
  readonly litellm: number;
  readonly publicGateway: number;
}

/** Seconds that a service of ours waits for LiteLLM, and the public gateway for that service. */
export interface ClientTimeouts {
  readonly client: number;
  readonly publicGateway: number;
}

/** Time for a hop to notice the one behind it and to answer in its own words. */
const MARGIN = 10;

/**
 * The timeouts of a request, each longer than the one behind it: whoever waits longer receives the error of whoever
 * knows more, and no hop gives up on an answer that is still being written.
 */
export function requestTimeouts(longestAnswerSeconds: number): RequestTimeouts {
  return {
    engine: longestAnswerSeconds,
    internalGateway: longestAnswerSeconds + MARGIN,
    litellm: longestAnswerSeconds + 2 * MARGIN,
    publicGateway: longestAnswerSeconds + 3 * MARGIN,
  };
}

/**
 * The timeouts of a request that reaches LiteLLM through services of ours instead of the public gateway.
 *
 * @param services how many of them it passes, one behind the other; the innermost is the client
 */
export const clientTimeouts = ({ litellm }: RequestTimeouts, services = 1): ClientTimeouts => ({
  client: litellm + MARGIN,
  publicGateway: litellm + (services + 1) * MARGIN,
});

/** The timeout of a request that the public gateway hands to a server directly. */
export const serverTimeouts = (longestAnswerSeconds: number): Pick<ClientTimeouts, 'publicGateway'> => ({
  publicGateway: longestAnswerSeconds + MARGIN,
});
