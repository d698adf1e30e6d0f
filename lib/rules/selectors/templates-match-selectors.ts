import type { Rule } from '../rule';
import { selects, shown } from '../selector';

const SELECTING = new Set(['DaemonSet', 'Deployment', 'StatefulSet']);

export const templatesMatchSelectors: Rule = {
  id: 'templates-match-selectors',
  title: "Every workload's selector matches its own pod template.",
  why: 'The API server refuses a workload whose selector does not match the labels of its own pods.',
  fix: 'Use selectorOf(name) as selector and podLabels(name) on the pods, both of lib/kubernetes/labels.ts.',
  alone: true,
  *check(target) {
    for (const { object, labels } of target.workloads) {
      if (!SELECTING.has(object.kind) || selects(object.spec?.selector, labels)) continue;
      yield {
        object,
        field: '/spec/selector',
        message: `is ${shown(object.spec?.selector)}, which the labels of the pod template do not satisfy`,
      };
    }
  },
};
