import { addressOf, destinationOf } from '../destinations';
import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Seconds that Flagger grants a hook that does not say. */
const DEFAULT_TIMEOUT = '10s';

/** Hooks that Flagger calls one after the other within one check. */
const OF_A_CHECK = new Set(['rollback', 'rollout', 'confirm-traffic-increase']);

export const hooksEndInTime: Rule = {
  id: 'hooks-end-in-time',
  title: 'What a webhook runs ends before Flagger stops waiting, and load goes on until the next check.',
  why: 'Flagger calls the hooks of a check one after the other and fails the check if one times out; load that ends early leaves the metrics of the next check without a value.',
  fix: 'Give a blocking hook a longer timeout than its command takes, keep the sum of the timeouts below the interval, and let hey run for at least two intervals; lib/delivery/load-tester.ts writes them.',
  *check(target) {
    for (const { canary: object, namespace } of target.releases) {
      const { interval, webhooks } = record(object.spec?.analysis);
      const pause = durationSeconds(interval);
      let sum = 0;
      for (const [i, webhook] of records(webhooks).entries()) {
        const timeout = durationSeconds(webhook.timeout ?? DEFAULT_TIMEOUT);
        if (OF_A_CHECK.has(webhook.type)) sum += timeout * (1 + (Number(webhook.retries) || 0));
        for (const [at, message] of faults(webhook, timeout, pause, testerLimit(webhook, namespace, target))) {
          yield { object, field: `/spec/analysis/webhooks/${i}${at}`, message };
        }
      }
      if (sum >= pause)
        yield {
          object,
          field: '/spec/analysis/webhooks',
          message: `may take ${sum} s at each check, but the checks are ${interval} apart`,
        };
    }
  },
};

type Fault = readonly [field: string, message: string];

function* faults({ timeout = DEFAULT_TIMEOUT, metadata }: Data, granted: number, pause: number, limit: number): Iterable<Fault> {
  const { cmd, type } = record(metadata);
  if (typeof cmd !== 'string') return;
  const load = durationSeconds(/\bhey\b.*?\s-z[ =]?(\S+)/.exec(cmd)?.[1]);
  const blocking = type === 'bash';

  if (blocking && /\bcurl\b/.test(cmd)) {
    const [, seconds] = /\s(?:--max-time|-m)[ =]?(\d+)/.exec(cmd) ?? [];
    if (seconds === undefined) yield ['/metadata/cmd', 'lacks --max-time: curl would wait longer than Flagger does'];
    else if (Number(seconds) >= granted) yield ['/timeout', `is ${timeout}, not more than the ${seconds} s that curl may take`];
  }
  if (blocking && load >= granted)
    yield ['/timeout', `is ${timeout}, but the command runs for ${load} s: run it in the background (type cmd)`];
  if (!blocking && load < 2 * pause)
    yield ['/metadata/cmd', `sends load for ${load} s, less than two intervals of ${pause} s: the next check may find no requests`];
  if (load > limit) yield ['/metadata/cmd', `runs for ${load} s, but the load tester stops it after ${limit}`];
}

/** How long the load tester lets a command run, seconds. */
function testerLimit({ url }: Data, namespace: string, target: TargetIndex): number {
  const destination = destinationOf(addressOf(String(url))?.host ?? '', namespace, target);
  if (destination.kind !== 'pods') return Number.POSITIVE_INFINITY;
  for (const { spec, workload } of target.containers()) {
    if (!destination.workloads.includes(workload.object)) continue;
    for (const text of [spec.command, spec.args].flat()) {
      const seconds = durationSeconds(/^-timeout=(.*)$/.exec(String(text))?.[1]);
      if (!Number.isNaN(seconds)) return seconds;
    }
  }
  return Number.POSITIVE_INFINITY;
}
