import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { hostsOf, ISTIO_GATEWAY, podsBehind } from '../istio';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';

const KONG = 'konghq.com/';

/** Ports of the Service in front of Kong's proxies, as its chart makes it. */
const LISTENS: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443 };

const UNMANAGED = 'konghq.com/gatewayclass-unmanaged';

/** Paths of LiteLLM below which keys, users and models are administered; `/v1` and what the console needs are not among them. */
const ADMINISTRATION = new Set('/ /key /user /team /organization /config /model /spend /global /credentials /ui /sso'.split(' '));

export const gatewaysAreGuarded: Rule = {
  id: 'gateways-are-guarded',
  title: 'A public gateway is served by its own proxies, takes routes of chosen namespaces, and publishes no administration.',
  why: "Whoever may create a route on an open listener can answer for the hosts of the platform; whoever reaches the administration of LiteLLM can make keys for themselves. Without the annotation, Kong's controller leaves the Gateways of the class unserved.",
  fix: 'Select namespaces by label as PublicGateway of lib/edge/public-gateway.ts does, publish the path /v1 alone, and mark the GatewayClass unmanaged as lib/foundation/data-plane-class.ts does.',
  *check(target) {
    for (const object of target.all('GatewayClass.gateway.networking.k8s.io')) {
      const kong = String(object.spec?.controllerName).startsWith(KONG);
      if (!kong || object.metadata.annotations?.[UNMANAGED] === 'true') continue;
      const message = 'is not "true": Kong would look for proxies that it starts itself, and leave the Gateways of this class unserved';
      yield { object, field: '/metadata/annotations/konghq.com~1gatewayclass-unmanaged', message };
    }
    for (const object of target.all('Gateway.gateway.networking.k8s.io')) {
      const controller = target.find('GatewayClass.gateway.networking.k8s.io', '', String(object.spec?.gatewayClassName))?.spec
        ?.controllerName;
      for (const [i, { protocol, port, allowedRoutes }] of records(object.spec?.listeners).entries()) {
        const open = LISTENS[String(protocol)];
        if (String(controller).startsWith(KONG) && open !== undefined && port !== open) {
          const message = `is ${port}, at which the proxies are not reached: their Service has ${open} for ${protocol}`;
          yield { object, field: `/spec/listeners/${i}/port`, message };
        }
        if (protocol !== 'HTTPS' || record(allowedRoutes).namespaces?.from !== 'All') continue;
        const message = 'is All: any namespace could answer to the hosts of this listener';
        yield { object, field: `/spec/listeners/${i}/allowedRoutes/namespaces/from`, message };
      }
    }
    for (const object of target.all(ISTIO_GATEWAY)) {
      const ports = podsBehind(object, target).flatMap((pods) => pods.ports?.map(({ containerPort }) => containerPort) ?? []);
      for (const [i, server] of records(object.spec?.servers).entries()) {
        const { number } = record(server['port']);
        if (ports.length > 0 && !ports.includes(number)) {
          const message = `is ${number}, at which the proxies are not reached${there(ports.map(String))}`;
          yield { object, field: `/spec/servers/${i}/port/number`, message };
        }
        const open = hostsOf(server).find(({ namespace }) => namespace === '*');
        if (open === undefined) continue;
        const message = `take routes to "${open.host}" from any namespace: write <namespace>/${open.host}`;
        yield { object, field: `/spec/servers/${i}/hosts`, message };
      }
    }
    yield* administration(target);
  },
};

function* administration(target: TargetIndex): Iterable<Problem> {
  const services = new Set<Manifest>();
  for (const { workload } of target.modelClients) {
    for (const service of target.all('Service')) {
      const selector = record(service.spec?.selector);
      if (service.metadata.namespace === workload.namespace && selectsLabels(selector, workload.labels)) services.add(service);
    }
  }
  for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
    for (const [i, { backendRefs, matches }] of records(object.spec?.rules).entries()) {
      const leads = records(backendRefs).some(({ namespace = object.metadata.namespace, name }) =>
        services.has(target.find('Service', namespace, name) as Manifest),
      );
      if (!leads) continue;
      const given = records(matches);
      for (const [j, { path }] of (given.length === 0 ? [{ path: undefined }] : given).entries()) {
        const value = record(path).value ?? '/';
        if (typeof value !== 'string' || !ADMINISTRATION.has(value.replace(/(.)\/$/, '$1'))) continue;
        const message = `is ${value}, below which LiteLLM administers keys, users and models`;
        yield { object, field: `/spec/rules/${i}/matches/${j}/path/value`, message };
      }
    }
  }
}
