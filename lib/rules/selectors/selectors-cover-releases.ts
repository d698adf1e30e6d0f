import type { Rule } from '../rule';
import { shown } from '../selector';

export const selectorsCoverReleases: Rule = {
  id: 'selectors-cover-releases',
  title: 'What selects pods that Flagger releases selects canary and primary pods alike.',
  why: 'Flagger gives the primary pods the label app.kubernetes.io/name=<name>-primary and scales the original Deployment to zero between releases: a selector of the original name matches no pods most of the time, and only the untested version during an analysis.',
  fix: 'Select slipway.dev/workload (stablePods() of lib/kubernetes/labels.ts), which both carry; traffic goes through the Services that Flagger makes.',
  *check(target) {
    for (const { object, field, selector, selected } of target.selections) {
      for (const { of, phase } of selected) {
        if (phase === 'only' || selected.some((other) => other.of === of && other.phase !== phase)) continue;
        yield { object, field, message: `matches only the ${phase} pods of ${of} with ${shown(selector)}` };
      }
      if (object.kind !== 'Service') continue;
      const released = selected.find(({ phase }) => phase === 'canary');
      const both = selected.some(({ phase }) => phase === 'primary');
      if (released !== undefined && both && object.spec?.clusterIP !== 'None') {
        yield { object, field, message: `sends traffic to ${released.of} past the weights of its Canary` };
      }
    }
  },
};
