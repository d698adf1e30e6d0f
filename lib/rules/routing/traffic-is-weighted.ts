import type { Manifest } from '../../kubernetes/manifest';
import type { Release } from '../canary';
import { addressOf, type Destination, destinationOf } from '../destinations';
import { record } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { type ClientUrl, clientUrls } from './client-urls';

type Role = Extract<Destination, { kind: 'released' }>['role'];

export const trafficIsWeighted: Rule = {
  id: 'traffic-is-weighted',
  title: 'Whoever calls a released model does so through the route that weighs its traffic between primary and canary.',
  why: 'Flagger changes weights in the route of the internal gateway. A client that calls the apex, primary or canary Service or a pod bypasses this route: the canary gets none of its requests, and the analysis judges nothing but its own load test.',
  fix: 'Take the base URL from the endpoint of ModelGateway (lib/edge/model-gateway.ts), http://<server>.edge.svc.cluster.local/v1, and keep that host among spec.service.hosts of the Canary.',
  *check(target) {
    const reached = new Set<Release>();
    const elsewhere: ClientUrl[] = []; // base URLs of models that lead to none of ours
    let astrayAlready = false; // a base URL that goes astray is why its release is reached by none
    for (const url of clientUrls(target)) {
      const host = addressOf(url.url)?.host;
      const destination = host === undefined ? ELSEWHERE : destinationOf(host, url.namespace, target);
      if (url.ofModel && destination.kind === 'elsewhere') elsewhere.push(url);
      if (host === undefined) continue;
      const message = fault(destination, host, url, target);
      if (message !== undefined) {
        astrayAlready ||= url.ofModel;
        yield { object: url.object, field: url.field, message: `${named(url)} ${message}` };
      }
      if (destination.kind === 'proxies') for (const { release } of destination.routes) if (release !== undefined) reached.add(release);
    }
    for (const release of target.releases) {
      if (release.provider.startsWith('gatewayapi') && !reached.has(release) && !astrayAlready)
        yield* unreached(release, target, elsewhere);
    }
  },
};

const ELSEWHERE: Destination = { kind: 'elsewhere' };
const UNCALLED = 'but no client has a base URL with this host: no request of a user would reach the canary';

const named = ({ url, line }: ClientUrl): string => `${line === undefined ? 'is' : `has in line ${line()}`} "${url}",`;

function fault(destination: Destination, host: string, url: ClientUrl, target: TargetIndex): string | undefined {
  if (destination.kind === 'released') {
    return destination.release.provider.startsWith('gatewayapi') ? pastWeights(destination.release, destination.role) : undefined;
  }
  if (destination.kind === 'pod' && url.ofModel) return 'the address of one pod: no other replica, and no canary, gets any of its requests';
  if (destination.kind === 'pods') {
    const release = target.releases.find(({ workload }) => workload !== undefined && destination.workloads.includes(workload.object));
    return (
      release &&
      `whose Service selects the pods of ${release.target} itself: primary and canary share the requests by their number, not by weight`
    );
  }
  if (destination.kind === 'proxies' && destination.routes.length === 0) {
    return `which leads to the proxies of GatewayClass ${destination.gatewayClass}, but no route there has the host ${host}`;
  }
  return undefined;
}

function pastWeights({ canary }: Release, role: Role): string {
  const of = `of Canary/${canary.metadata.name}`;
  if (role === 'apex') return `the apex Service ${of}, which always selects the primary: no request reaches the canary`;
  if (role === 'primary') return `the Service of the primary ${of}: no request reaches the canary`;
  return `the Service of the canary ${of}, which has no pods except during an analysis, and then those of the untested version`;
}

/** A host of the cluster answers only where a Service of that name stands before the proxies, and somebody must use it. */
function* unreached({ canary: object, namespace }: Release, target: TargetIndex, elsewhere: readonly ClientUrl[]): Iterable<Problem> {
  const { hosts } = record(object.spec?.service);
  for (const [i, host] of (Array.isArray(hosts) ? hosts : []).entries()) {
    if (typeof host !== 'string' || !host.endsWith('.svc.cluster.local')) continue;
    const field = `/spec/service/hosts/${i}`;
    const destination = destinationOf(host, namespace, target);
    const message = astray(destination, object);
    if (message !== undefined || elsewhere.length === 0) {
      yield { object, field, message: `is "${host}", ${message ?? UNCALLED}` };
      continue;
    }
    for (const url of elsewhere) {
      const instead = `${named(url)} not "http://${host}", where Canary/${object.metadata.name} weighs requests: no request of a user would reach the canary`;
      yield { object: url.object, field: url.field, message: instead };
    }
  }
}

function astray(destination: Destination, canary: Manifest): string | undefined {
  if (destination.kind !== 'proxies') return "but no Service of that name stands before the gateway's proxies";
  if (!destination.routes.some(({ object }) => object === canary)) {
    return `whose Service leads to the proxies of GatewayClass ${destination.gatewayClass}, which do not serve the gateway of the Canary`;
  }
  return undefined;
}
