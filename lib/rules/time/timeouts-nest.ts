import { settings } from '../file-settings';
import type { ModelClient } from '../model-clients';
import { answerSeconds, behind, callersOfClient, edgeOf, gatewayHops, type Hop } from '../request-hops';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

export const timeoutsNest: Rule = {
  id: 'timeouts-nest',
  title: 'Each hop of a request waits at least as long as the one behind it: client, edge, LiteLLM, internal gateway, engine.',
  why: 'The hop with the shorter timeout cuts off an answer that is still being written; the engine goes on generating it for nobody, and the client asks again.',
  fix: 'Take all timeouts from requestTimeouts() of lib/routing/request-timeouts.ts, which adds a margin at each hop.',
  *check(target) {
    for (const client of target.modelClients) {
      const own = limits(client);
      if (own.length === 0) {
        const { object, field } = client.file;
        yield {
          object,
          field,
          message: "sets no request_timeout: LiteLLM's default is 6000 seconds, longer than Kong and clients wait",
        };
        continue;
      }
      for (const { release, workload } of behind(client, target)) {
        const answer = answerSeconds(workload, target);
        const engine: Hop = { object: workload.object, field: 'drain', seconds: answer };
        const gateway = release === undefined ? [] : gatewayHops(release);
        const longest = gateway.reduce((most, hop) => (hop.seconds > most.seconds ? hop : most), engine);
        yield* shorter(gateway, engine);
        yield* shorter(own, longest);
      }
      const longest = own.reduce((most, hop) => (hop.seconds > most.seconds ? hop : most));
      yield* shorter(edgeOf(client.workload, target).hops, longest);
      yield* callers(client, target, longest);
    }
  },
};

/** How long a proxy waits for its models, each with the line that says so. */
function limits({ file, models }: ModelClient): readonly (Hop & { readonly line?: number })[] {
  const { object, field } = file;
  const general = settings(file.text, 'request_timeout').map(({ value, line }) => ({ object, field, seconds: Number(value), line }));
  const single = models.flatMap(({ timeout, line }) => (timeout === undefined ? [] : [{ object, field, seconds: timeout, line }]));
  return [...general, ...single].filter(({ seconds }) => !Number.isNaN(seconds));
}

/** Whoever waits shorter than the hop behind it: one problem for all places of an object that say the same. */
function* shorter(hops: readonly (Hop & { readonly line?: number })[], next: Hop): Iterable<Problem> {
  const place = `${next.object.kind}/${next.object.metadata.name}`;
  const of =
    next.field === 'drain'
      ? `that ${place} behind it may take for an answer (shutdown-timeout)`
      : `that ${place} behind it waits (${next.field})`;
  const short = hops.filter(({ seconds }) => !(seconds >= next.seconds));
  const same = (one: Hop, other: Hop): boolean => one.object === other.object && one.seconds === other.seconds;
  for (const [i, hop] of short.entries()) {
    if (short.findIndex((each) => same(each, hop)) < i) continue;
    const { object, field, seconds, line } = hop;
    const more = short.filter((each) => same(each, hop)).length - 1;
    const others =
      more === 0 ? '' : `; ${more} more ${more === 1 ? 'timeout' : 'timeouts'} of the object ${more === 1 ? 'is' : 'are'} as short`;
    const message = `${line === undefined ? 'is' : `waits in line ${line}`} ${seconds} s, less than the ${next.seconds} s ${of}${others}`;
    yield { object, field, message };
  }
}

/** Programs in front of LiteLLM, and the edge in front of them. */
function* callers(client: ModelClient, target: TargetIndex, next: Hop): Iterable<Problem> {
  for (const { workload, hop, variable, written } of callersOfClient(client, target)) {
    if (!written && hop.seconds < next.seconds) {
      const message = `lacks ${variable}: the program would wait ${hop.seconds} s, less than the ${next.seconds} s of LiteLLM behind it`;
      yield { object: hop.object, field: hop.field, message };
      continue;
    }
    yield* shorter([hop], next);
    if (Number.isFinite(hop.seconds)) yield* shorter(edgeOf(workload, target).hops, hop);
  }
}
