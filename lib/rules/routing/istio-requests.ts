import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import { bindingsOf, hostsOf, ISTIO_GATEWAY, VIRTUAL_SERVICE } from '../istio';
import type { Problem } from '../rule';
import type { TargetIndex } from '../target-index';

/** What a route of Istio answers to: a path of a host, or all that begins with one. */
interface Request {
  readonly object: Manifest;
  readonly field: string;

  /** Whom it is compared with: gateway and host. */
  readonly at: string;
  readonly host: string;

  /** Undefined for an expression, which is compared as a text. */
  readonly path: string | undefined;
  readonly begins: boolean;

  /** What else must hold: of two routes that ask for different things, neither hides the other. */
  readonly rest: string;
}

/** Routes of which one hides the other: of two objects the older one comes first, within one the first route. */
export function* hiddenRequests(target: TargetIndex): Iterable<Problem> {
  const known = new Map<string, Request[]>();
  for (const object of target.all(VIRTUAL_SERVICE)) {
    const told = new Set<string>();
    for (const request of requestsOf(object, target)) {
      const others = known.get(`${request.at} ${request.rest}`) ?? [];
      known.set(`${request.at} ${request.rest}`, [...others, request]);
      const other = others.find((each) => covers(each, request) || (each.object !== object && covers(request, each)));
      if (other === undefined || told.has(request.field)) continue;
      told.add(request.field);
      const own = other.object === object;
      const decided = own
        ? 'an earlier route takes it'
        : `${other.object.kind}/${other.object.metadata.name} in ${other.object.metadata.namespace} does`;
      yield { object, field: request.field, message: `answers to ${request.host} ${shown(request)}, as ${decided} (${shown(other)})` };
    }
  }
}

function* requestsOf(object: Manifest, target: TargetIndex): Iterable<Request> {
  const gateways = bindingsOf(object, target).map(({ namespace, name }) => `${namespace}/${name}`);
  const hosts: readonly unknown[] = Array.isArray(object.spec?.hosts) ? object.spec.hosts : [];
  for (const [i, { match }] of records(object.spec?.http).entries()) {
    const matches = records(match);
    for (const [j, { uri, ...others }] of (matches.length === 0 ? [{}] : matches).entries()) {
      const field = `/spec/http/${i}${matches.length === 0 ? '' : `/match/${j}`}`;
      const { path, begins, expression } = pathOf(record(uri));
      const rest = `${expression}${JSON.stringify(others)}`;
      for (const gateway of gateways) {
        for (const host of hosts) yield { object, field, at: `${gateway} ${host}`, host: String(host), path, begins, rest };
      }
    }
  }
}

function pathOf({ exact, prefix, regex }: Data): { path: string | undefined; begins: boolean; expression: string } {
  if (regex !== undefined) return { path: undefined, begins: false, expression: String(regex) };
  return exact === undefined
    ? { path: String(prefix ?? ''), begins: true, expression: '' }
    : { path: String(exact), begins: false, expression: '' };
}

/** Whether everything that the other one answers to is answered by this one. */
const covers = (one: Request, other: Request): boolean =>
  one.path === undefined || other.path === undefined
    ? one.path === other.path
    : one.path === other.path
      ? one.begins || !other.begins
      : one.begins && other.path.startsWith(one.path);

const shown = ({ path, begins, rest }: Request): string => (path === undefined ? rest : `${path}${begins ? '*' : ''}`);

/** Servers of the same pods, on one port, for one host: Istio takes one of them. */
export function* sharedServers(target: TargetIndex): Iterable<Problem> {
  const served = new Map<string, Manifest>();
  for (const object of target.all(ISTIO_GATEWAY)) {
    const pods = JSON.stringify(Object.entries(record(object.spec?.selector)).sort());
    for (const [i, server] of records(object.spec?.servers).entries()) {
      for (const { host } of hostsOf(server)) {
        const at = `${pods} ${record(server.port).number} ${host}`;
        const other = served.get(at);
        served.set(at, object);
        if (other === undefined) continue;
        const message = `have "${host}" on port ${record(server.port).number}, as those of Gateway/${other.metadata.name} in ${other.metadata.namespace}`;
        yield { object, field: `/spec/servers/${i}/hosts`, message };
      }
    }
  }
}
