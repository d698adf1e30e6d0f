import { records } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { enginesOf, servedNames } from './engines';

const WATCHED = /\bmodel_name="([^"]+)"/g;

export const alertsWatchModels: Rule = {
  id: 'alerts-watch-models',
  title: 'Every model that an alert watches is served under that name.',
  why: 'A query about a model that no engine serves has no value, and an alert without a value never fires.',
  fix: 'Take the name from the model handle; models are in lib/models/catalog.ts.',
  *check(target) {
    const engines = enginesOf(target);
    if (engines.length === 0) return;
    const names = servedNames(engines);
    for (const object of target.all('PrometheusRule.monitoring.coreos.com')) {
      for (const [i, group] of records(object.spec?.groups).entries()) {
        for (const [j, { expr }] of records(group.rules).entries()) {
          const unserved = [...String(expr).matchAll(WATCHED)].find(([, name = '']) => !names.includes(name));
          if (unserved === undefined) continue;
          const message = `watches "${unserved[1]}", which no engine serves${there(names)}`;
          yield { object, field: `/spec/groups/${i}/rules/${j}/expr`, message };
        }
      }
    }
  },
};
