import * as z from 'zod/mini';

import { moment } from './texts';
import { choice, map, oneOf, ordered, rule, text, whole } from './vocabulary';

/** A volume of one writer. The largest disk that every cloud sells has 32 TiB; a database of 4 TiB is restored in half a day at 100 MB/s. */
export const sizeGiB = whole(1, 4096);

/** Requests a minute: a page or an agent asks for several things at once, and one Kong would not serve 16,000 a second. */
export const requestsPerMinute = whole(10, 1_000_000);

/** How many replicas a stateless service runs. */
export const scale = oneOf('kind', [
  map({ kind: z.literal('fixed'), replicas: whole(1, 1000) }),
  map({ kind: z.literal('auto'), min: whole(1, 1000), max: whole(1, 1000) }).check(ordered),
]);

/** A Redis: it holds half a GiB in memory at most, and twice that in files while it rewrites them. */
export const cache = map({ replicas: z.literal([0, 2]), sizeGiB: whole(1, 256) });

/** PostgreSQL ends where an archive is over before the moment that it is to recover; what has passed once is never a mistake later. */
const passed = rule<string>((until) =>
  Date.parse(until) > Date.now() ? 'that moment has not come, and no archive reaches it: write one that has passed' : undefined,
);

const recovery = map({ fromArchive: whole(1, 1000), until: text(moment).check(passed) });

/** An app with a database and a cache. */
export const stateful = {
  size: choice('low', 'high'),
  database: map({ instances: z.literal([1, 3]), sizeGiB, recovery: z.optional(recovery) }),
  cache,
};
