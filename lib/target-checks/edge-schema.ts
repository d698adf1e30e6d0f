import * as z from 'zod/mini';

import { ownNamespaces } from '../kubernetes/namespaces';
import { requestsPerMinute } from './parts';
import { email, host } from './texts';
import { choice, map, oneOf, rule, text, whole } from './vocabulary';

const tls = oneOf('kind', [
  map({ kind: z.literal('internal-ca') }),
  map({
    kind: z.literal('lets-encrypt'),
    server: choice('staging', 'production'),
    email: text(email),
    challenge: oneOf('kind', [map({ kind: z.literal('dns01'), zone: text(host) }), map({ kind: z.literal('http01') })]),
  }),
]);

const hosts = z
  .array(text(host))
  .check(rule((names) => (names.length === 0 ? 'the app would answer to nobody: name a host, or take it out' : undefined)));

export const edge = map({
  replicas: whole(1, 1000),
  regionalHost: text(host),
  globalHost: z.optional(text(host)),
  appHosts: z.optional(map(Object.fromEntries(ownNamespaces.map((name) => [name, z.optional(hosts)])))),
  reachedBy: z.optional(choice('everybody', 'cluster')),
  tls,
  requestsPerMinute,
});
