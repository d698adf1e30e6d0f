/** Milliseconds until a pod that cannot be reached is given up: it is in the same cluster. */
const CONNECT_TIMEOUT = 5000;

/**
 * Annotations of a Service that Kong forwards to. Kong's own defaults are 60 seconds and five retries: it would cut long
 * answers off and generate each of them up to six times.
 *
 * Kong's controller refuses a route whose Services differ in them, so primary and canary get the same.
 *
 * @param seconds longest pause that the backend may make within an answer
 * @param retries how often another pod is tried where one does not take the connection, or hangs up before it answers
 */
export function kongUpstream(seconds: number, retries = 0): Record<string, string> {
  const milliseconds = `${seconds * 1000}`;
  return {
    'konghq.com/connect-timeout': `${CONNECT_TIMEOUT}`,
    'konghq.com/read-timeout': milliseconds,
    'konghq.com/write-timeout': milliseconds,
    // By itself none: a model would generate an answer again, and only the client knows whether a request may be repeated.
    'konghq.com/retries': `${retries}`,
  };
}

/** Annotation of a route whose answers are streamed: Kong would otherwise collect tokens before it passes them on. */
export const unbuffered: Readonly<Record<string, string>> = { 'konghq.com/response-buffering': 'false' };
