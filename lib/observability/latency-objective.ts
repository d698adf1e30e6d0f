/** Latencies that 95 % of the requests keep: what a release must not break, and what alerts watch. */
export interface LatencyObjective {
  /** From the request to its first token, seconds. */
  readonly timeToFirstToken: number;

  /** From one token to the next, seconds. */
  readonly interTokenLatency: number;
}
