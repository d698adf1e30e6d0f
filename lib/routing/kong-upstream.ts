/** Kong gives up on an upstream that does not accept a connection within this time, milliseconds. */
const CONNECT_TIMEOUT = 5000;

/**
 * Annotations of a Service that tell Kong's controller how to call it. Kong would otherwise wait a minute and send the
 * request up to six times: an answer that a model has begun must neither be cut off nor be begun again.
 *
 * @param seconds what the gateway waits for the next byte
 */
export function kongUpstream(seconds: number): Record<string, string> {
  return {
    'konghq.com/connect-timeout': `${CONNECT_TIMEOUT}`,
    'konghq.com/read-timeout': `${1000 * seconds}`,
    'konghq.com/write-timeout': `${1000 * seconds}`,
    'konghq.com/retries': '0',
  };
}
