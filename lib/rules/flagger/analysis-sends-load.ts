import type { Release } from '../canary';
import { durationSeconds } from '../durations';
import { type Data, isRecord, record, records } from '../fields';
import type { Rule } from '../rule';

const TYPES = new Set(
  'confirm-rollout pre-rollout rollout confirm-traffic-increase confirm-promotion post-rollout rollback event'.split(' '),
);
/** What the load tester runs, and how. */
const RUNNERS = new Set(['bash', 'cmd', 'helm', 'helmv3', 'concord']);

/** Where the load tester says whether somebody wants the version gone. Any other address that answers would say so for nobody. */
const ROLLBACK_GATE = '/rollback/check';

/** Where vLLM reads the key that it wants to see. */
const API_KEY = 'VLLM_API_KEY';

/** What engines with OpenAI's API answer. */
const PATHS = new Set(
  [
    'audio/transcriptions',
    'audio/translations',
    'chat/completions',
    'completions',
    'embeddings',
    'models',
    'rerank',
    'responses',
    'score',
  ].map((path) => `/v1/${path}`),
);
const PATH_IN_COMMAND = /https?:\/\/[^\s/'"]+(\/[\w./-]*)/g;
const URL_IN_COMMAND = /https?:\/\/([^\s/:'"]+)/g;

export const analysisSendsLoad: Rule = {
  id: 'analysis-sends-load',
  title: 'Webhooks send the canary requests before any traffic moves and at every check, as its users do.',
  why: 'Metrics without requests have no value, and Flagger counts a check without a value as failed: in a quiet night every release would be rolled back.',
  fix: 'Keep the pre-rollout and rollout webhooks that lib/delivery/load-tester.ts writes, whose commands post completions to the -canary Service.',
  *check(target) {
    for (const release of target.releases) {
      const object = release.canary;
      if (!isRecord(record(object.spec).analysis)) continue; // canary-is-analysed tells
      const webhooks = records(record(object.spec).analysis?.webhooks);
      const names = new Set<unknown>();
      for (const [i, webhook] of webhooks.entries()) {
        for (const [at, message] of faults(webhook, release)) yield { object, field: `/spec/analysis/webhooks/${i}${at}`, message };
        if (names.has(webhook.name)) {
          yield {
            object,
            field: `/spec/analysis/webhooks/${i}/name`,
            message: `is "${webhook.name}", which another webhook of the Canary is called already`,
          };
        }
        names.add(webhook.name);
      }
      for (const [type, when] of Object.entries({ 'pre-rollout': 'before the first step', rollout: 'at each check' })) {
        if (webhooks.some((webhook) => webhook.type === type && hosts(webhook).length > 0)) continue;
        yield { object, field: '/spec/analysis/webhooks', message: `has no ${type} hook that sends requests ${when}` };
      }
      const blocking = webhooks.some((webhook) => webhook.type === 'pre-rollout' && webhook.metadata?.type === 'bash');
      if (blocking || webhooks.length === 0) continue;
      const message =
        'has no pre-rollout hook of type bash: Flagger waits only for those, and no completion would have to succeed before traffic moves';
      yield { object, field: '/spec/analysis/webhooks', message };
    }
  },
};

type Fault = readonly [field: string, message: string];

function* faults(webhook: Data, release: Release): Iterable<Fault> {
  const { type, url, timeout = '10s', metadata } = webhook;
  if (!TYPES.has(type)) yield ['/type', `is ${JSON.stringify(type) ?? 'missing'}, which Flagger never calls`];
  if (!/^https?:\/\/[\w.-]+/.test(String(url))) yield ['/url', `is ${JSON.stringify(url) ?? 'missing'}, not a URL`];
  if (type === 'rollback' && !String(url).endsWith(ROLLBACK_GATE)) {
    yield ['/url', `is "${url}", whose answer orders a rollback: ask ${ROLLBACK_GATE} of the load tester, which a person opens`];
  }
  if (Number.isNaN(durationSeconds(timeout))) yield ['/timeout', `is ${JSON.stringify(timeout)}, not a duration such as "10s"`];

  const { cmd, type: runner } = record(metadata);
  const command = String(cmd ?? '');
  if (runner !== undefined && !RUNNERS.has(runner)) {
    yield ['/metadata/type', `is ${JSON.stringify(runner)}, which the load tester does not run: bash waits for the command, cmd starts it`];
  }
  if (runner === 'bash' && /\|\|\s*(?:true|:|exit 0)|;\s*(?:true|exit 0)\s*$/.test(command)) {
    yield ['/metadata/cmd', 'succeeds whatever the answer is: leave out what comes after the check'];
  } else if (runner === 'bash' && /\bcurl\b/.test(command) && !/\s-\w*f|--fail|jq -e|grep/.test(command)) {
    yield ['/metadata/cmd', 'succeeds with any answer: let curl fail (-f) or look into the body (jq -e)'];
  }
  const guarded = release.workload?.containers.some(({ spec }) => records(spec.env).some(({ name }) => name === API_KEY));
  if (guarded && /\/v1\b/.test(command) && !/authorization:/i.test(command)) {
    yield ['/metadata/cmd', `sends no key, but the engine asks for one (${API_KEY}): the load test would measure refusals`];
  }
  const canary = `${release.apex}-canary.${release.namespace}`;
  for (const host of hosts(webhook)) {
    if (host === canary || host.startsWith(`${canary}.svc`)) continue;
    yield [
      '/metadata/cmd',
      `sends requests to "${host}", not to ${canary}: the pods under test would see ${host.startsWith(release.apex) ? 'none' : 'few or none'} of them`,
    ];
  }
  for (const [, path = ''] of command.matchAll(PATH_IN_COMMAND)) {
    if (path.startsWith('/v1/') && !PATHS.has(path)) yield ['/metadata/cmd', `asks for ${path}, which no engine answers`];
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
