import { there } from '../references/there';
import type { Rule } from '../rule';
import { monitored } from '../selections';
import { comparable, selects, shown } from '../selector';

export const selectorsMatch: Rule = {
  id: 'selectors-match',
  title: 'Every selector of a Service, budget, policy, monitor or gateway finds pods, and a Service those of one workload.',
  why: 'Kubernetes accepts a selector that matches nothing: the Service has no endpoints, the policy opens nothing, the budget protects nothing, the monitor scrapes nothing.',
  fix: 'Take the labels from the workload or the endpoint that is meant; a Service selects app.kubernetes.io/name, everything else slipway.dev/workload.',
  *check(target) {
    const budgets = new Map<string, string>();
    for (const { object, field, selector, among, selected } of target.selections) {
      // Where only addons run nobody knows which labels their pods carry.
      if (among.length === 0) continue;
      const workloads = [...new Set(selected.map(({ of }) => of))];
      if (workloads.length === 0 && shown(selector) !== '') {
        const labels = comparable(selector, among);
        yield {
          object,
          field,
          message: `matches no pods with ${shown(selector)}${labels.length > 0 ? there(new Set(labels), shown(selector)) : there(new Set(among.map(({ of }) => of)))}`,
        };
      }
      if (object.kind === 'Service' && workloads.length > 1) {
        yield { object, field, message: `matches pods of ${workloads.join(' and ')}: requests would go to both` };
      }
      if (object.kind !== 'PodDisruptionBudget') continue;
      for (const workload of workloads) {
        const other = budgets.get(workload);
        if (other !== undefined)
          yield { object, field, message: `matches pods of ${workload}, as ${other} does: pods with two budgets cannot be evicted` };
        budgets.set(workload, `PodDisruptionBudget/${object.metadata.name}`);
      }
    }
    for (const object of target.all('ServiceMonitor.monitoring.coreos.com')) {
      const namespaces = new Set(monitored(object, target));
      const services = [...target.services.values()].filter(({ namespace }) => namespaces.has(namespace));
      if (services.length === 0 || services.some(({ labels }) => selects(object.spec?.selector, labels))) continue;
      const labels = comparable(object.spec?.selector, services);
      const names = labels.length === 0 ? '' : there(new Set(labels), shown(object.spec?.selector));
      yield { object, field: '/spec/selector', message: `matches no Service with ${shown(object.spec?.selector)}${names}` };
    }
  },
};
