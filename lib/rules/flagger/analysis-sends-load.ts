import type { Release } from '../canary';
import { durationSeconds } from '../durations';
import { type Data, isRecord, record, records } from '../fields';
import type { Rule } from '../rule';

const TYPES = new Set(
  'confirm-rollout pre-rollout rollout confirm-traffic-increase confirm-promotion post-rollout rollback event'.split(' '),
);
const URL_IN_COMMAND = /https?:\/\/([^\s/:'"]+)/g;

export const analysisSendsLoad: Rule = {
  id: 'analysis-sends-load',
  title: 'Webhooks send the canary requests before any traffic moves and at every check, as its users do.',
  why: 'Metrics without requests have no value, and a check without a value fails: in a quiet night every release would be rolled back.',
  fix: 'Keep a pre-rollout and a rollout webhook whose command posts completions to the -canary Service.',
  *check(target) {
    for (const release of target.releases) {
      const object = release.canary;
      if (!isRecord(record(object.spec).analysis)) continue; // canary-is-analysed tells
      const webhooks = records(record(object.spec).analysis?.webhooks);
      const names = new Set<unknown>();
      for (const [i, webhook] of webhooks.entries()) {
        for (const [at, message] of faults(webhook, release)) yield { object, field: `/spec/analysis/webhooks/${i}${at}`, message };
        if (names.has(webhook.name)) {
          yield { object, field: `/spec/analysis/webhooks/${i}/name`, message: `is "${webhook.name}", as that of another webhook` };
        }
        names.add(webhook.name);
      }
      for (const [type, when] of Object.entries({ 'pre-rollout': 'before the first step', rollout: 'at each check' })) {
        if (webhooks.some((webhook) => webhook.type === type && hosts(webhook).length > 0)) continue;
        yield { object, field: '/spec/analysis/webhooks', message: `has no ${type} hook that sends requests ${when}` };
      }
      const blocking = webhooks.some((webhook) => webhook.type === 'pre-rollout' && webhook.metadata?.type === 'bash');
      if (blocking || webhooks.length === 0) continue;
      const message = 'has no pre-rollout hook of type bash: no completion must succeed before traffic moves, since others only start';
      yield { object, field: '/spec/analysis/webhooks', message };
    }
  },
};

type Fault = readonly [field: string, message: string];

function* faults(webhook: Data, release: Release): Iterable<Fault> {
  const { type, url, timeout = '10s', metadata } = webhook;
  if (!TYPES.has(type)) yield ['/type', `is ${JSON.stringify(type) ?? 'missing'}, which Flagger never calls`];
  if (!/^https?:\/\/[\w.-]+/.test(String(url))) yield ['/url', `is ${JSON.stringify(url) ?? 'missing'}, not a URL`];
  if (Number.isNaN(durationSeconds(timeout))) yield ['/timeout', `is ${JSON.stringify(timeout)}, not a duration such as "10s"`];

  const command = String(record(metadata).cmd ?? '');
  const canary = `${release.apex}-canary.${release.namespace}`;
  for (const host of hosts(webhook)) {
    if (host === canary || host.startsWith(`${canary}.svc`)) continue;
    yield [
      '/metadata/cmd',
      `sends requests to "${host}", not to ${canary}: the pods under test would see ${host.startsWith(release.apex) ? 'none' : 'few or none'} of them`,
    ];
  }
  if (command.includes('/completions') && !/(?:-m|-X|--request)[ =]?POST\b|\s(?:-d|--data[\w-]*)[ =]/.test(command)) {
    yield ['/metadata/cmd', 'asks for completions with GET, which every engine refuses: POST a payload'];
  }
}

/** Whom the command of a webhook sends requests to. */
function hosts({ metadata }: Data): readonly string[] {
  const command = record(metadata).cmd;
  return typeof command === 'string' ? [...command.matchAll(URL_IN_COMMAND)].map(([, host = '']) => host) : [];
}
