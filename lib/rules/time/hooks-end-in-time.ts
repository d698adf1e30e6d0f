import type { Manifest } from '../../kubernetes/manifest';
import { addressOf, destinationOf } from '../destinations';
import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import { filesOf } from '../file-settings';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

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
        const long = longAnswers(webhook, slowestToken(object), testersOf(webhook, namespace, target), target);
        if (long !== undefined) yield { object, field: `/spec/analysis/webhooks/${i}/metadata/cmd`, message: long };
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

/** Seconds that a token may take, as the release itself judges it. */
function slowestToken({ spec }: Manifest): number {
  const metrics = records(record(spec?.analysis).metrics);
  const limit = metrics.find(({ name }) => /inter-token.*seconds/.test(String(name)))?.thresholdRange?.max;
  return limit === undefined ? Number.NaN : Number(limit);
}

/** Why answers of the length that a payload asks for are cut off, at a speed that the release still takes for good. */
function longAnswers({ metadata }: Data, slowest: number, testers: readonly Workload[], target: TargetIndex): string | undefined {
  const command = String(record(metadata).cmd ?? '');
  const [, file] = /(?:-D[ =]|@)\S*?([\w.-]+\.json)\b/.exec(command) ?? [];
  const [, seconds] = /\bhey\b.*?\s-t[ =]?(\d+)/.exec(command) ?? /\bcurl\b.*?\s(?:--max-time|-m)[ =]?(\d+)/.exec(command) ?? [];
  if (file === undefined || seconds === undefined || Number(seconds) === 0) return undefined;
  for (const { field, text } of testers.flatMap((tester) => filesOf(tester, target))) {
    const [, tokens] = (field.endsWith(`/${file}`) && /"max_(?:completion_)?tokens"\s*:\s*(\d+)/.exec(text)) || [];
    const takes = Number(tokens) * slowest;
    if (takes > Number(seconds))
      return `waits ${seconds} s for an answer, and the ${tokens} tokens that ${file} asks for may take ${Math.round(takes)} s: every one would be cut off`;
  }
  return undefined;
}

/** The load tester that a webhook calls. */
function testersOf({ url }: Data, namespace: string, target: TargetIndex): readonly Workload[] {
  const destination = destinationOf(addressOf(String(url))?.host ?? '', namespace, target);
  return destination.kind === 'pods' ? target.workloads.filter(({ object }) => destination.workloads.includes(object)) : [];
}

/** How long the load tester lets a command run, seconds. */
function testerLimit({ url }: Data, namespace: string, target: TargetIndex): number {
  for (const { spec } of testersOf({ url }, namespace, target).flatMap(({ containers }) => containers)) {
    for (const text of [spec.command, spec.args].flat()) {
      const seconds = durationSeconds(/^-timeout=(.*)$/.exec(String(text))?.[1]);
      if (!Number.isNaN(seconds)) return seconds;
    }
  }
  return Number.POSITIVE_INFINITY;
}
