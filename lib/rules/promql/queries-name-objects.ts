import { there } from '../references/there';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { queriesOf } from './queries';

/** Labels whose values are names of objects of a target. Where names are of a namespace, the query must say which for the rule to know. */
const KINDS: Readonly<Record<string, readonly [kind: string, ofNamespace: boolean]>> = {
  schedule: ['Schedule.velero.io', false],
  deployment: ['Deployment.apps', true],
  statefulset: ['StatefulSet.apps', true],
  daemonset: ['DaemonSet.apps', true],
};

const ASKS = /\b(?:schedule|deployment|statefulset|daemonset)=/;
const SELECTION = /\{[^{}]*\}/g;
const LABEL = /\b(namespace|schedule|deployment|statefulset|daemonset)(=~?)"([^"]*)"/g;

/** Names, and choices between names. */
const NAMES = /^[a-z0-9-]+(?:\|[a-z0-9-]+)*$/;

export const queriesNameObjects: Rule = {
  id: 'queries-name-objects',
  title: 'A query that chooses series by the name of an object names one that there is.',
  why: 'No series has the name of an object that was renamed: its failures are not seen, and an alert about its absence never ends.',
  fix: 'Take the name from the construct of the object.',
  *check(target) {
    for (const { object, field, text } of queriesOf(target)) {
      if (!ASKS.test(text)) continue;
      for (const message of faults(text, target)) yield { object, field, message };
    }
  },
};

function* faults(text: string, target: TargetIndex): Iterable<string> {
  const seen = new Set<string>();
  for (const [selection] of text.matchAll(SELECTION)) {
    const labels = [...selection.matchAll(LABEL)].map(([, label = '', operator = '', value = '']) => ({ label, operator, value }));
    const namespace = labels.find(({ label, operator }) => label === 'namespace' && operator === '=')?.value;
    for (const { label, value } of labels) {
      const [kind, ofNamespace] = KINDS[label] ?? [];
      if (kind === undefined || !NAMES.test(value)) continue;
      const all = target.all(kind).filter(({ metadata }) => ofNamespace !== true || metadata.namespace === namespace);
      // Of a namespace without any, and of what charts and controllers make there, nobody here knows.
      if (all.length === 0) continue;
      const names = all.map(({ metadata }) => metadata.name);
      const lost = value.split('|').find((each) => !names.includes(each) && !isMade(each, namespace, target));
      if (lost === undefined || seen.has(lost)) continue;
      seen.add(lost);
      yield `asks for ${label} "${lost}", which no app defines${there(names, lost)}`;
    }
  }
}

/** Whether a controller makes a Deployment of that name: Flagger its primary, KServe a predictor. */
const isMade = (name: string, namespace = '', target: TargetIndex): boolean =>
  target.exists('Deployment.apps', namespace, name) ||
  target.exists('InferenceService.serving.kserve.io', namespace, name.replace(/-predictor$/, ''));
