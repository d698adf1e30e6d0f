import type { Manifest } from '../../kubernetes/manifest';
import { routesOf } from '../destinations';
import { type Data, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { hiddenRequests, sharedServers } from './istio-requests';

const ANY = [{}];

export const hostsAreUnique: Rule = {
  id: 'hosts-are-unique',
  title: 'No two routes of a gateway answer to the same host and path, and no two listeners to the same port and host.',
  why: 'Of two routes for one request the older one wins, which differs from cluster to cluster, and to Istio so does a path that begins like another; of two listeners for one host and port the controller refuses one.',
  fix: 'Give one of them another host or path, or make one route of both.',
  *check(target) {
    yield* listeners(target);
    yield* sharedServers(target);
    yield* hiddenRequests(target);
    const taken = new Map<string, Manifest>();
    for (const { object, hosts, gateways } of routesOf(target)) {
      const own = new Set<string>();
      for (const gateway of gateways) {
        for (const host of hosts) {
          for (const request of requestsOf(object)) own.add(`${gateway} ${host} ${request}`);
        }
      }
      const clash = [...own].find((each) => taken.has(each));
      if (clash !== undefined) {
        const [, host, request = ''] = /^\S+ (\S+) (.*)$/.exec(clash) ?? [];
        const other = taken.get(clash) as Manifest;
        const field = object.kind === 'Canary' ? '/spec/service/hosts' : '/spec/rules';
        const message = `answers to ${host} ${request}, as ${other.kind}/${other.metadata.name} in ${other.metadata.namespace} does`;
        yield { object, field, message };
      }
      for (const each of own) taken.set(each, object);
    }
  },
};

/** What a route matches, as text. A route without matches takes everything. */
function requestsOf({ kind, spec }: Manifest): readonly string[] {
  const rules = kind === 'Canary' ? [{}] : records(spec?.rules);
  return rules.flatMap(({ matches }) => (records(matches).length === 0 ? ANY : records(matches)).map(request));
}

function request({ path, method, headers, queryParams }: Data): string {
  const { type = 'PathPrefix', value = '/' } = record(path);
  const rest = [headers, queryParams].filter((each) => each !== undefined).map((each) => JSON.stringify(each));
  return [...(method === undefined ? [] : [method]), `${type === 'PathPrefix' ? '' : `${type} `}${value}`, ...rest].join(' ');
}

function* listeners(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('Gateway.gateway.networking.k8s.io')) {
    const names = new Set<unknown>();
    const served = new Map<string, unknown>();
    for (const [i, { name, port, hostname = '*' }] of records(object.spec?.listeners).entries()) {
      const field = `/spec/listeners/${i}`;
      if (names.has(name)) yield { object, field: `${field}/name`, message: `is "${name}", the name of another listener` };
      names.add(name);
      const other = served.get(`${port} ${hostname}`);
      if (other !== undefined)
        yield { object, field: `${field}/hostname`, message: `is ${hostname} on port ${port}, which listener "${other}" serves` };
      served.set(`${port} ${hostname}`, name);
    }
  }
}
