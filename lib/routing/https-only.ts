/**
 * Annotations of a route that answers over HTTPS alone and sends plain requests there. Not the redirect filter of the Gateway
 * API: Kong's controller makes of it a `Location` without scheme and host, which leads back to where the client came from.
 */
export const httpsOnly: Readonly<Record<string, string>> = {
  'konghq.com/protocols': 'https',
  'konghq.com/https-redirect-status-code': '308', // keeps the method and the body
};
