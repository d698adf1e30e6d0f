import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const GROUP = 'monitoring.coreos.com';

/** The Service that the operator makes for the Alertmanagers of a namespace, and their port for alerts. */
const OPERATED_SERVICE = 'alertmanager-operated';
const API_PORT = 9093;

export const alertsReachSomebody: Rule = {
  id: 'alerts-reach-somebody',
  title:
    'Where Prometheus runs, it sends alerts to an Alertmanager with a configuration of its own, whose routes lead to receivers that tell somebody.',
  why: 'Alertmanager accepts every alert and drops those that no receiver sends on: nobody hears of an outage.',
  fix: 'Name an AlertmanagerConfig in the Alertmanager, and give each receiver that a route names a channel; lib/monitoring/ writes both.',
  *check(target) {
    if (target.all(`Prometheus.${GROUP}`).length === 0) return;
    const managers = target.all(`Alertmanager.${GROUP}`);
    for (const object of target.all(`Prometheus.${GROUP}`)) {
      const field = '/spec/alerting/alertmanagers';
      const endpoints = records(object.spec?.alerting?.alertmanagers);
      if (managers.length === 0 || !endpoints.some(({ name }) => name === OPERATED_SERVICE))
        yield { object, field, message: `leads to no Alertmanager${there(managers.map(({ metadata }) => metadata.name))}` };
      else for (const [i, endpoint] of endpoints.entries()) yield* unasked(object, `${field}/${i}`, endpoint, managers);
    }
    for (const object of managers) yield* unheard(object, target);
  },
};

/** Alerts that are sent where no Alertmanager takes them: to another namespace, port, path or scheme than its own. */
function* unasked(object: Manifest, field: string, endpoint: Data, managers: readonly Manifest[]): Iterable<Problem> {
  if (endpoint.name !== OPERATED_SERVICE) return;
  const { namespace = object.metadata.namespace, port, pathPrefix = '/', scheme = 'http' } = endpoint;
  const asked = managers.filter(({ metadata }) => metadata.namespace === namespace);
  if (asked.length === 0) {
    const namespaces = managers.map(({ metadata }) => metadata.namespace ?? '');
    yield { object, field: `${field}/namespace`, message: `is "${namespace}", where no Alertmanager runs${there(namespaces)}` };
  }
  for (const { spec } of asked) {
    const { portName = 'web', routePrefix = '/', web } = record(spec);
    if (port !== portName && port !== API_PORT)
      yield {
        object,
        field: `${field}/port`,
        message: `is ${JSON.stringify(port)}, where Alertmanager takes no alerts${there([portName])}`,
      };
    if (String(pathPrefix).replace(/\/$/, '') !== String(routePrefix).replace(/\/$/, ''))
      yield { object, field: `${field}/pathPrefix`, message: `is "${pathPrefix}", and Alertmanager answers below "${routePrefix}"` };
    if (scheme === 'https' && record(web).tlsConfig === undefined)
      yield { object, field: `${field}/scheme`, message: 'is https, and Alertmanager has no certificate' };
  }
}

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
