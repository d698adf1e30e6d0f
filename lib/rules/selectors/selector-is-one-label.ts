import { NAME_LABEL } from '../../kubernetes/labels';
import { describe } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import type { Rule } from '../rule';
import { selects, shown } from '../selector';

const SELECTING = new Set(['DaemonSet', 'Deployment', 'StatefulSet']);

export const selectorIsOneLabel: Rule = {
  id: 'selector-is-one-label',
  title: "A workload selects its pods by app.kubernetes.io/name alone, with its own name as value, and nobody else's pods carry that.",
  why: 'Selectors are immutable, and Flagger tells the pods of canary and primary apart by exactly one label; two workloads with the same selector take over each other’s pods.',
  fix: 'Use selectorOf(name) as selector and podLabels(name) on the pods, both of lib/kubernetes/labels.ts.',
  *check(target) {
    for (const { object, namespace } of target.workloads) {
      if (!SELECTING.has(object.kind)) continue;
      const { name } = object.metadata;
      const selector = record(object.spec?.selector);
      const labels = Object.entries(record(selector.matchLabels));
      if (labels.length !== 1 || labels[0]?.[0] !== NAME_LABEL || labels[0][1] !== name || records(selector.matchExpressions).length > 0) {
        yield { object, field: '/spec/selector', message: `is ${shown(selector) || 'empty'}, not exactly ${NAME_LABEL}=${name}` };
      }
      for (const pods of target.pods.get(namespace) ?? []) {
        if (pods.object === object || !selects(selector, pods.labels)) continue;
        const owner = pods.object === undefined ? pods.of : describe(pods.object);
        yield { object, field: '/spec/selector', message: `matches the pods of ${owner} as well` };
      }
    }
  },
};
