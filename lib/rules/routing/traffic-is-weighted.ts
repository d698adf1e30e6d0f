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
  why: "The weights of a release stand in the gateway's route. A client that calls a Service of Flagger, a pod or a Service of its own goes past them: the canary sees none of its requests, and the analysis judges nothing but its own load test.",
  fix: "Take the base URL from the gateway's endpoint of the model: its host belongs to a Service in front of the gateway's proxies, and the Canary has it among its hosts.",
  *check(target) {
    const reached = new Set<Release>();
    let astrayAlready = false; // a base URL that goes astray is why its release is reached by none
    for (const url of clientUrls(target)) {
      const host = addressOf(url.url)?.host;
      if (host === undefined) continue;
      const destination = destinationOf(host, url.namespace, target);
      const message = fault(destination, host, url, target);
      if (message !== undefined) {
        astrayAlready ||= url.ofModel;
        yield { object: url.object, field: url.field, message: `${named(url)} ${message}` };
      }
      if (destination.kind === 'proxies') for (const { release } of destination.routes) if (release !== undefined) reached.add(release);
    }
    for (const release of target.releases) {
      if (release.provider.startsWith('gatewayapi') && !reached.has(release) && !astrayAlready) yield* unreached(release, target);
    }
  },
};

const named = ({ url, line }: ClientUrl): string => `${line === undefined ? 'is' : `has in line ${line()}`} "${url}",`;

function fault(destination: Destination, host: string, url: ClientUrl, target: TargetIndex): string | undefined {
  if (destination.kind === 'released') {
    return destination.release.provider.startsWith('gatewayapi') ? pastWeights(destination.release, destination.role) : undefined;
  }
  if (destination.kind === 'pod' && url.ofModel)
    return 'one pod: neither the primary and canary of a release nor their replicas share its requests';
  if (destination.kind === 'pods') {
    const release = target.releases.find(({ workload }) => workload !== undefined && destination.workloads.includes(workload.object));
    return (
      release &&
      `whose Service selects the pods of ${release.target} itself: primary and canary share the requests by their number, not by weight`
    );
  }
  if (destination.kind === 'proxies' && destination.routes.length === 0) {
    return `which leads to the proxies of GatewayClass ${destination.gatewayClass}, but no route of theirs answers to ${host}`;
  }
  return undefined;
}

function pastWeights({ canary }: Release, role: Role): string {
  const of = `of Canary/${canary.metadata.name}`;
  if (role === 'apex') return `the apex Service ${of}, which always selects the primary: no request reaches the canary`;
  if (role === 'primary') return `the Service of the primary ${of}: no request reaches the canary`;
  return `the Service of the canary ${of}, which has no pods outside an analysis and unproven ones during it`;
}

/** A host of the cluster answers only where a Service of that name stands before the proxies, and somebody must use it. */
function* unreached({ canary: object, namespace }: Release, target: TargetIndex): Iterable<Problem> {
  const { hosts } = record(object.spec?.service);
  for (const [i, host] of (Array.isArray(hosts) ? hosts : []).entries()) {
    if (typeof host !== 'string' || !host.endsWith('.svc.cluster.local')) continue;
    const field = `/spec/service/hosts/${i}`;
    const destination = destinationOf(host, namespace, target);
    yield { object, field, message: `is "${host}", ${astray(destination, object)}` };
  }
}

function astray(destination: Destination, canary: Manifest): string {
  if (destination.kind !== 'proxies') return "but no Service of that name stands before the gateway's proxies";
  if (!destination.routes.some(({ object }) => object === canary)) {
    return `whose Service leads to the proxies of GatewayClass ${destination.gatewayClass}, which do not serve the gateway of the Canary`;
  }
  return "which is no client's base URL: no user's request is weighted";
}
