import type { Manifest } from '../../kubernetes/manifest';
import { type Data, follow, path, records } from '../fields';
import { serviceAt, VIRTUAL_SERVICE } from '../istio';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

const HTTP_ROUTE = 'HTTPRoute.gateway.networking.k8s.io';
const ROUTE_BACKENDS = [path('/spec/rules/*/backendRefs/*'), path('/spec/rules/*/filters/*/requestMirror/backendRef')];
const DESTINATIONS = path('/spec/http/*/route/*/destination');
const INGRESS_BACKENDS = [path('/spec/defaultBackend/service'), path('/spec/rules/*/http/paths/*/backend/service')];

export const backendsResolve: Rule = {
  id: 'backends-resolve',
  title: 'Every Service that a route, an Ingress or a StatefulSet names exists and has the port.',
  why: 'A route without its backend answers 500 or 503 while all pods look healthy; the pods of a StatefulSet without its Service have no DNS names.',
  fix: 'Take host and port from the endpoint that the construct of the server returns.',
  *check(target) {
    for (const object of target.all(HTTP_ROUTE)) {
      for (const { field, value } of ROUTE_BACKENDS.flatMap((path) => follow(object, path))) {
        if ((value.kind ?? 'Service') === 'Service') yield* backend(target, object, field, value, value.port);
      }
    }
    for (const object of target.all('Ingress.networking.k8s.io')) {
      for (const { field, value } of INGRESS_BACKENDS.flatMap((path) => follow(object, path))) {
        yield* backend(target, object, field, { name: value.name }, value.port?.number ?? value.port?.name);
      }
    }
    for (const object of target.all(VIRTUAL_SERVICE)) {
      for (const { field, value } of follow(object, DESTINATIONS)) yield* destination(target, object, field, value);
    }
    for (const object of target.all('StatefulSet.apps')) {
      const name = object.spec?.serviceName;
      if (name !== undefined) yield* backend(target, object, '/spec/serviceName', { name }, undefined);
    }
  },
};

/** Istio asks no other namespace for its leave. */
function* destination(target: TargetIndex, object: Manifest, field: string, { host, port }: Data): Iterable<Problem> {
  const at = serviceAt(String(host), object.metadata.namespace ?? '');
  if (at === undefined) {
    yield {
      object,
      field,
      message: `names host "${host}", which is no Service to Istio: write it as <name>.<namespace>.svc.cluster.local`,
    };
    return;
  }
  yield* served(target, object, field, at, port?.number);
  const ports = target.services.get(`${at.namespace}/${at.name}`)?.ports ?? [];
  if (port?.number === undefined && ports.length > 1)
    yield { object, field, message: `names no port of Service "${at.name}", which has ${ports.length}` };
}

function* backend(target: TargetIndex, object: Manifest, field: string, { name, namespace }: Data, port: unknown): Iterable<Problem> {
  const own = object.metadata.namespace ?? '';
  const where = namespace ?? own;
  yield* served(target, object, field, { namespace: where, name }, port);
  if (target.services.has(`${where}/${name}`) && where !== own && !granted(target, object, where, name)) {
    yield {
      object,
      field,
      message: `names Service "${name}" of namespace ${where}, where no ReferenceGrant allows an ${object.kind} of ${own} to do so`,
    };
  }
}

/** Whether there is such a Service, with such a port. */
function* served(target: TargetIndex, object: Manifest, field: string, { namespace: where, name }: Data, port: unknown): Iterable<Problem> {
  const service = target.services.get(`${where}/${name}`);
  if (service === undefined) {
    const others = [...target.services.keys()].filter((id) => id.startsWith(`${where}/`)).map((id) => id.slice(where.length + 1));
    yield { object, field, message: `names Service "${name}", which does not exist in ${where}${there(others, name)}` };
    return;
  }
  if (port !== undefined && !service.ports.some((each) => each.port === port || each.name === port)) {
    yield {
      object,
      field: `${field}/port`,
      message: `is ${JSON.stringify(port)}, a port that Service "${name}" does not have${there(service.ports.map((each) => `${each.name ?? ''} ${each.port ?? ''}`.trim()))}`,
    };
  }
}

function granted(target: TargetIndex, { kind, metadata }: Manifest, namespace: string, service: string): boolean {
  return target
    .all('ReferenceGrant.gateway.networking.k8s.io')
    .some(
      (grant) =>
        grant.metadata.namespace === namespace &&
        records(grant.spec?.from).some((from) => from.kind === kind && from.namespace === metadata.namespace) &&
        records(grant.spec?.to).some((to) => to.kind === 'Service' && (to.name === undefined || to.name === service)),
    );
}
