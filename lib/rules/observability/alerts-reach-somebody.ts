import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const GROUP = 'monitoring.coreos.com';

export const alertsReachSomebody: Rule = {
  id: 'alerts-reach-somebody',
  title: 'Where Prometheus runs, an Alertmanager does with a configuration of its own, whose routes lead to receivers that tell somebody.',
  why: 'Alertmanager accepts every alert and drops those that no receiver sends on: nobody hears of an outage.',
  fix: 'Name an AlertmanagerConfig in the Alertmanager, and give each receiver that a route names a channel; lib/monitoring/ writes both.',
  *check(target) {
    if (target.all(`Prometheus.${GROUP}`).length === 0) return;
    const managers = target.all(`Alertmanager.${GROUP}`);
    for (const object of target.all(`Prometheus.${GROUP}`)) {
      const field = '/spec/alerting/alertmanagers';
      const named = records(object.spec?.alerting?.alertmanagers).map(({ name }) => name);
      if (managers.length === 0 || !named.includes('alertmanager-operated'))
        yield { object, field, message: `leads to no Alertmanager${there(managers.map(({ metadata }) => metadata.name))}` };
    }
    for (const object of managers) yield* unheard(object, target);
  },
};

function* unheard(object: Manifest, target: TargetIndex): Iterable<Problem> {
  const name = String(object.spec?.alertmanagerConfiguration?.name);
  const configuration = target.find(`AlertmanagerConfig.${GROUP}`, object.metadata.namespace ?? '', name);
  if (configuration === undefined) {
    const names = target.all(`AlertmanagerConfig.${GROUP}`).map(({ metadata }) => metadata.name);
    yield { object, field: '/spec/alertmanagerConfiguration/name', message: `is "${name}", which no app defines${there(names)}` };
    return;
  }
  const receivers = new Map(records(configuration.spec?.receivers).map((receiver) => [String(receiver['name']), receiver]));
  for (const [field, { receiver }] of routesOf(record(configuration.spec?.route), '/spec/route')) {
    const found = receivers.get(String(receiver));
    const message =
      found === undefined
        ? `is "${receiver}", which is no receiver${there([...receivers.keys()])}`
        : tells(found)
          ? undefined
          : `is "${receiver}", a receiver that tells nobody`;
    if (message !== undefined) yield { object: configuration, field: `${field}/receiver`, message };
  }
}

/** Every route that names a receiver; the others pass alerts to that of the route above. */
function* routesOf(route: Data, field: string): Iterable<readonly [field: string, route: Data]> {
  if (field === '/spec/route' || route.receiver !== undefined) yield [field, route];
  for (const [i, child] of records(route.routes).entries()) yield* routesOf(child, `${field}/routes/${i}`);
}

/** Whether a receiver has a channel of any kind. */
const tells = (receiver: Data): boolean =>
  Object.entries(receiver).some(([field, channels]) => field !== 'name' && records(channels).length > 0);
