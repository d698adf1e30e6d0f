import { NAME_LABEL, WORKLOAD_LABEL } from '../../kubernetes/labels';
import { escaped } from '../fields';
import type { Rule } from '../rule';

export const stableLabelsWritten: Rule = {
  id: 'stable-labels-written',
  title: 'Pods that something selects by the stable label carry it, with the name of their workload.',
  why: 'Budgets, policies and monitors select it, as canary and primary pods carry it alike: without it nobody reaches the pods, nobody watches them, and a drain takes all of them.',
  fix: 'Give the pods podLabels(name) of lib/kubernetes/labels.ts, which writes both labels.',
  *check(target) {
    for (const { object, written, labels, field } of target.workloads) {
      const [told, name] = [written[WORKLOAD_LABEL], labels[WORKLOAD_LABEL]];
      if (told === name) continue;
      const by = target.selections.filter(
        ({ selector, selected }) => selector?.matchLabels?.[WORKLOAD_LABEL] === name && selected.some((pods) => pods.object === object),
      );
      const count = new Set(by.map((selection) => selection.object)).size;
      if (count === 0) continue;
      yield {
        object,
        field: `${field.replace(/spec$/, 'metadata/labels')}/${escaped(WORKLOAD_LABEL)}`,
        message: `is ${told === undefined ? 'missing' : `"${told}"`}, and ${count} object${count === 1 ? ' selects' : 's select'} the pods by "${name}", their ${NAME_LABEL}`,
      };
    }
  },
};
