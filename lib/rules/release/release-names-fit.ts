import { primary } from '../canary';
import { configMapsOf, podSecretsOf } from '../config-maps';
import type { Rule } from '../rule';

/** Kubernetes' limit for labels, Services and the names derived from them. */
const LONGEST = 63;

export const releaseNamesFit: Rule = {
  id: 'release-names-fit',
  title: 'Whatever Flagger copies has a name that leaves room for its suffix.',
  why: 'Flagger appends -primary to names and label values, and the API server refuses more than 63 characters: the release never starts.',
  fix: 'Take a name of at most 55 characters.',
  *check(target) {
    for (const { canary, target: name, apex, autoscaler, workload } of target.releases) {
      const names: [field: string, name: string][] = [
        ['/spec/targetRef/name', name],
        ['/spec/service/name', apex],
        ['/spec/autoscalerRef/name', autoscaler ?? ''],
      ];
      for (const [field, each] of names) {
        if (tooLong(each)) yield { object: canary, field, message: message(each) };
      }
      if (workload === undefined) continue;
      for (const { name: each, field } of [...configMapsOf(workload), ...podSecretsOf(workload)]) {
        if (tooLong(each)) yield { object: workload.object, field, message: message(each) };
      }
    }
  },
};

const tooLong = (name: string): boolean => primary(name).length > LONGEST;
const message = (name: string): string =>
  `is "${name}", ${name.length} characters long: Flagger's copy "${primary(name)}" has ${primary(name).length}, more than 63`;
