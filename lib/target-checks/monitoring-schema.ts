import * as z from 'zod/mini';
import { network } from './networks';
import { sizeGiB } from './parts';
import { slackChannel, url } from './texts';
import { figure, map, oneOf, rule, text, whole } from './vocabulary';

/** What a small cluster writes a day, of metrics (100,000 series every 15 s, 1.5 bytes a sample) as of logs, compressed. */
const GIB_A_DAY = 1;

/** A volume that holds what is to be kept. Prometheus drops the oldest when its volume is full, the others stop. */
const holds = (days: number, size: number): string | undefined => {
  const needed = Math.ceil(days * GIB_A_DAY);
  return size < needed
    ? `its sizeGiB ${size} are less than ${needed}, what a small cluster writes in the time that it is to be kept: raise it, or keep less`
    : undefined;
};

const kept = rule<{ readonly retentionDays: number; readonly sizeGiB: number }>(({ retentionDays, sizeGiB: size }) =>
  holds(retentionDays, size),
);

const elasticsearch = map({ kind: z.literal('elasticsearch'), url: text(url), network: text(network) });

const storage = oneOf('kind', [map({ kind: z.literal('volume'), sizeGiB }), elasticsearch]);

const logs = oneOf('kind', [map({ kind: z.literal('loki'), retentionDays: whole(1, 3650), sizeGiB }).check(kept), elasticsearch]);

const tracing = map({ keptPercent: figure(0, 100), retentionHours: whole(1, 8760), storage }).check(
  rule(({ retentionHours, storage: place }) => (place.kind === 'volume' ? holds(retentionHours / 24, place.sizeGiB) : undefined)),
);

/** All replicas scrape the same, so that more than a few only multiply the load on what they watch. */
export const monitoring = map({
  replicas: whole(1, 5),
  retentionDays: whole(1, 3650),
  sizeGiB,
  alertChannel: text(slackChannel),
  consoles: z.optional(z.boolean()),
  logs: z.optional(logs),
  tracing: z.optional(tracing),
}).check(kept);
