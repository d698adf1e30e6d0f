import { parse } from 'yaml';

import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, isRecord, record } from '../fields';
import { perText } from '../per-text';
import { there } from '../references/there';
import type { FleetProblem, FleetRule } from '../rule';

const SETTINGS = 'argocd-notifications-cm';
const SUBSCRIPTION = /^notifications\.argoproj\.io\/subscribe\.([\w-]+)\.([\w-]+)$/;

/** Services whose own settings say where they send. */
const SELF_ADDRESSED = new Set(['webhook', 'alertmanager', 'googlechat', 'newrelic', 'github', 'grafana']);

export const notificationsResolve: FleetRule = {
  id: 'notifications-resolve',
  title:
    'Every subscription names a trigger and a service that Argo CD’s notifications have, and whom to tell, and every trigger a template.',
  why: 'A subscription to a trigger that does not exist is no error: the deployment fails, and nobody is told.',
  fix: 'Name a trigger of lib/gitops/notifications.ts, or define it there with its template.',
  *checkFleet({ hub }) {
    const settings = hub.all('ConfigMap').find(({ metadata }) => metadata.name === SETTINGS);
    if (settings === undefined) {
      const subscriber = hub.objects.find(({ metadata }) =>
        Object.keys(record(metadata.annotations)).some((each) => SUBSCRIPTION.test(each)),
      );
      if (subscriber !== undefined)
        yield {
          object: subscriber,
          field: '/metadata/annotations',
          message: `subscribe to what ConfigMap/${SETTINGS} would define, which is missing`,
        };
      return;
    }
    yield* unreadable(settings);
    const keys = Object.keys(record(settings['data']));
    const named = (kind: string): readonly string[] =>
      keys.filter((key) => key.startsWith(`${kind}.`)).map((key) => key.slice(kind.length + 1));
    const [triggers, kinds, templates] = ['trigger', 'service', 'template'].map(named) as [
      readonly string[],
      readonly string[],
      readonly string[],
    ];
    // service.<type>.<name>, or service.<type> for the only one of a type
    const services = new Map(kinds.map((each) => [each.slice(each.indexOf('.') + 1), each.replace(/\..*/, '')]));

    for (const trigger of triggers) {
      const text = String(record(settings['data'])[`trigger.${trigger}`]);
      for (const [, sent = ''] of text.matchAll(/send:\s*\[?\s*-?\s*([\w-]+)/g)) {
        if (templates.includes(sent)) continue;
        yield {
          object: settings,
          field: `/data/trigger.${trigger}`,
          message: `sends "${sent}", for which there is no template${there(templates)}`,
        };
      }
    }
    for (const object of hub.objects) {
      yield* subscriptions(object, object.metadata.annotations, '/metadata/annotations', triggers, services);
      const { metadata } = record(record(object.spec)['template']);
      yield* subscriptions(object, record(metadata)['annotations'], '/spec/template/metadata/annotations', triggers, services);
    }
  },
};

function* subscriptions(
  object: Manifest,
  annotations: unknown,
  at: string,
  triggers: readonly string[],
  services: ReadonlyMap<string, string>,
): Iterable<FleetProblem> {
  for (const [annotation, recipients] of Object.entries(record(annotations))) {
    const [, trigger = '', service = ''] = SUBSCRIPTION.exec(annotation) ?? [];
    const field = `${at}/${escaped(annotation)}`;
    if (trigger === '') continue;
    if (!triggers.includes(trigger))
      yield { object, field, message: `names trigger "${trigger}", which does not exist${there(triggers, trigger)}` };
    const kind = services.get(service);
    if (kind === undefined)
      yield { object, field, message: `names service "${service}", which does not exist${there(services.keys(), service)}` };
    else if (!SELF_ADDRESSED.has(kind) && String(recipients ?? '').trim() === '')
      yield { object, field, message: `names nobody: ${service} would be told to send to no one` };
  }
}

/** Words that conditions compare with, by what they compare. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  'health.status': ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'],
  'operationState.phase': ['Running', 'Succeeded', 'Failed', 'Error', 'Terminating'],
  'sync.status': ['Synced', 'OutOfSync', 'Unknown'],
};
const COMPARED = /\bstatus\.(?:\w+\.)*?(health\.status|operationState\??\.phase|sync\.status)\s*(?:==|!=|in)\s*(\[[^\]]*\]|'[^']*')/g;

/** Triggers that Argo CD cannot read, or that never fire. */
function* unreadable(settings: Manifest): Iterable<FleetProblem> {
  for (const [key, text] of Object.entries(record(settings['data']))) {
    if (!key.startsWith('trigger.')) continue;
    const say = (message: string): FleetProblem => ({ object: settings, field: `/data/${escaped(key)}`, message });
    const conditions = conditionsIn(String(text));
    if (conditions === undefined) yield say('is no list of conditions: Argo CD would leave out all of its notifications');
    for (const { when } of conditions ?? []) {
      for (const [, compared = '', words = ''] of String(when).matchAll(COMPARED)) {
        const states = STATES[compared.replace('?', '')] ?? [];
        const other = [...words.matchAll(/'([^']*)'/g)].map(([, word = '']) => word).find((word) => !states.includes(word));
        if (other !== undefined) yield say(`compares ${compared} with "${other}", which it never is${there(states, other)}`);
      }
    }
  }
}

const conditionsIn = perText((text): readonly Data[] | undefined => {
  try {
    const read: unknown = parse(text);
    return Array.isArray(read) && read.every(isRecord) ? read : undefined;
  } catch {
    return undefined;
  }
});
