import type { Manifest } from '../../kubernetes/manifest';
import { type Data, type Found, follow, path, records } from '../fields';
import { bindingsOf, hostsOf, ISTIO_GATEWAY, takes, VIRTUAL_SERVICE } from '../istio';
import type { Problem, Rule } from '../rule';
import { selects, shown } from '../selector';
import type { TargetIndex } from '../target-index';
import { missing } from './named-objects';
import { there } from './there';

const GATEWAY = 'Gateway.gateway.networking.k8s.io';

/** Every field that attaches a route to a gateway. */
const PARENTS = [
  { of: 'HTTPRoute.gateway.networking.k8s.io', path: path('/spec/parentRefs/*') },
  { of: 'Canary.flagger.app', path: path('/spec/service/gatewayRefs/*') },
];

export const routesAttach: Rule = {
  id: 'routes-attach',
  title: 'Every route attaches to a listener that exists, serves its hosts and admits its namespace.',
  why: 'A route that no listener accepts is served by nobody: clients get 404, and Flagger waits for the route of a release without end.',
  fix: 'Take the parent from the GatewayHandle of lib/routing/gateway.ts; a namespace that publishes routes needs the label slipway.dev/publishes: "true", which lib/foundation/namespaces.ts writes.',
  *check(target) {
    for (const { of, path } of PARENTS) {
      for (const object of target.all(of)) {
        const hosts = object.spec?.hostnames ?? object.spec?.service?.hosts;
        yield* faults(target, object, follow(object, path), Array.isArray(hosts) ? hosts.map(String) : []);
      }
    }
    for (const object of target.all(VIRTUAL_SERVICE)) yield* unbound(target, object);
  },
};

function* faults(target: TargetIndex, object: Manifest, parents: readonly Found[], hosts: readonly string[]): Iterable<Problem> {
  const attached: Data[] = [];
  for (const { field, value: parent } of parents) {
    if (parent?.kind !== undefined && parent.kind !== 'Gateway') return;
    const found = listeners(target, object.metadata.namespace ?? '', parent);
    if ('message' in found) {
      yield { object, field: `${field}/${found.at}`, message: found.message };
      return;
    }
    attached.push(...found.admitting);
    if (hosts.length > 0 && !hosts.some((host) => found.admitting.some(({ hostname }) => serves(hostname, host)))) {
      const message = `names a listener that serves none of the route's hosts, ${hosts.join(', ')}${there(found.admitting.map(({ hostname }) => hostname))}`;
      yield { object, field: `${field}/sectionName`, message };
      return;
    }
  }
  const lost = hosts.find((host) => !attached.some(({ hostname }) => serves(hostname, host)));
  if (lost === undefined || parents.length === 0) return;
  const field = object.kind === 'Canary' ? '/spec/service/hosts' : '/spec/hostnames';
  yield {
    object,
    field,
    message: `has "${lost}", which no listener of its gateways serves${there(attached.map(({ hostname }) => hostname))}`,
  };
}

/** To Istio a route binds to a gateway as a whole, whose servers say which hosts of which namespaces they take. */
function* unbound(target: TargetIndex, object: Manifest): Iterable<Problem> {
  const { namespace = '' } = object.metadata;
  const bindings = bindingsOf(object, target);
  if (bindings.length === 0)
    yield { object, field: '/spec/gateways', message: 'name no gateway, so that nobody outside of the mesh is answered' };
  for (const { field, gateway, ...wanted } of bindings) {
    if (gateway === undefined) yield { object, field, message: missing(target, ISTIO_GATEWAY, wanted.namespace, wanted.name) };
  }
  const gateways = bindings.flatMap(({ gateway }) => gateway ?? []);
  const hosts: readonly unknown[] = Array.isArray(object.spec?.hosts) ? object.spec.hosts : [];
  const lost = hosts.find((host) => !gateways.some((gateway) => takes(gateway, namespace, String(host))));
  if (lost === undefined || gateways.length === 0) return;
  const served = gateways.flatMap(({ spec }) => records(spec?.servers).flatMap(hostsOf)).map((each) => `${each.namespace}/${each.host}`);
  yield {
    object,
    field: '/spec/hosts',
    message: `have "${String(lost)}", which no server of its gateways takes from ${namespace}${there(new Set(served))}`,
  };
}

type Attachment = { readonly admitting: readonly Data[] } | { readonly at: string; readonly message: string };

function listeners(target: TargetIndex, namespace: string, parent: Data): Attachment {
  const where = parent?.namespace ?? namespace;
  const gateway = target.find(GATEWAY, where, parent?.name);
  if (gateway === undefined) return { at: 'name', message: missing(target, GATEWAY, where, parent?.name) };

  const all = records(gateway.spec?.listeners);
  const named = all.filter(({ name, port }) => (parent.sectionName ?? name) === name && (parent.port ?? port) === port);
  if (named.length === 0) {
    const wanted = parent.sectionName === undefined ? `port ${parent.port}` : `"${parent.sectionName}"`;
    const names = there(all.map(({ name }) => name));
    return { at: 'sectionName', message: `names listener ${wanted}, which Gateway "${parent.name}" in ${where} does not have${names}` };
  }
  const admitting = named.filter((listener) => admits(target, listener, where, namespace));
  if (admitting.length > 0) return { admitting };
  return {
    at: 'namespace',
    message: `names Gateway "${parent.name}" in ${where}, whose ${listenersOf(named)} ${admitted(named)}, not from ${namespace}`,
  };
}

const listenersOf = (named: readonly Data[]): string =>
  named.length === 1 ? `listener "${named[0]?.name}" admits` : `listeners ${named.map(({ name }) => `"${name}"`).join(', ')} admit`;

/** Whose routes listeners admit, in words. */
function admitted(named: readonly Data[]): string {
  const { from = 'Same', selector } = named[0]?.allowedRoutes?.namespaces ?? {};
  return from === 'Selector' ? `routes from namespaces with ${shown(selector)}` : 'routes from its own namespace';
}

function admits(target: TargetIndex, listener: Data, gatewayNamespace: string, namespace: string): boolean {
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {};
  if (from === 'All') return true;
  if (from === 'Same') return gatewayNamespace === namespace;
  const labels = target.find('Namespace', '', namespace)?.metadata.labels;
  return from === 'Selector' && selects(selector, { ...labels, 'kubernetes.io/metadata.name': namespace });
}

/** A listener without a hostname serves all; `*.example.com` serves every name below it. */
function serves(hostname: unknown, host: string): boolean {
  if (typeof hostname !== 'string') return true;
  if (hostname.startsWith('*.')) return host.endsWith(hostname.slice(1));
  return hostname === host || (host.startsWith('*.') && hostname.endsWith(host.slice(1)));
}
