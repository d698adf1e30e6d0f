import type { Manifest } from '../kubernetes/manifest';
import type { Release } from './canary';
import { primary } from './canary';
import { record, records } from './fields';
import { selectsLabels } from './selector';
import type { TargetIndex } from './target-index';

/** A URL, in the parts that decide where it leads. */
export interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
}

/** Where a request to a host inside the cluster arrives. */
export type Destination =
  /** A Service that Flagger keeps. */
  | { readonly kind: 'released'; readonly release: Release; readonly role: 'apex' | 'primary' | 'canary' }
  /** A Service of ours in front of pods of ours. */
  | { readonly kind: 'pods'; readonly service: Manifest; readonly workloads: readonly Manifest[] }
  /** A Service of ours in front of a gateway's proxies, whose routes decide. */
  | { readonly kind: 'proxies'; readonly gatewayClass: string; readonly service: Manifest; readonly routes: readonly HostRoute[] }
  /** One pod: by its address, or by its name behind a Service. */
  | { readonly kind: 'pod' }
  /** Elsewhere: outside the cluster, or no Service that the target knows. */
  | { readonly kind: 'elsewhere' };

/** A route that answers to hosts on gateways: an HTTPRoute, or the one that Flagger makes. */
export interface HostRoute {
  readonly object: Manifest;
  readonly hosts: readonly string[];

  /** Gateways that it attaches to, as `namespace/name`. */
  readonly gateways: readonly string[];

  /** The Canary that weighs it. */
  readonly release: Release | undefined;
}

const URL = /^([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?([^\s/:?#]+)(?::\d+)?([^\s?#]*)/;
const SERVICE = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?)?\.?$/;
const POD =
  /^(?:\d+\.\d+\.\d+\.\d+|\[[\da-f:]+\]|.*\.pod(?:\.cluster\.local)?|[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+\.svc(?:\.cluster\.local)?)\.?$/;

/** The proxies' label, whose value is the name of their GatewayClass. */
const PROXIES = 'slipway.dev/workload';

/** Takes a URL apart. */
export function addressOf(url: string): Address | undefined {
  const [, scheme, host, path = ''] = URL.exec(url) ?? [];
  return scheme === undefined || host === undefined ? undefined : { scheme, host, path };
}

/** Follows a host as pods of a namespace resolve it. */
export function destinationOf(host: string, from: string, target: TargetIndex): Destination {
  if (POD.test(host)) return { kind: 'pod' };
  const [, name, namespace = from] = SERVICE.exec(host) ?? [];
  if (name === undefined) return { kind: 'elsewhere' };

  for (const release of target.releases) {
    if (release.namespace !== namespace) continue;
    if (name === release.apex) return { kind: 'released', release, role: 'apex' };
    if (name === primary(release.apex)) return { kind: 'released', release, role: 'primary' };
    if (name === `${release.apex}-canary`) return { kind: 'released', release, role: 'canary' };
  }
  const service = target.find('Service', namespace, name);
  if (service === undefined) return { kind: 'elsewhere' };

  const selector = record(service.spec?.selector);
  const pods = (target.pods.get(namespace) ?? []).filter(({ labels }) => selectsLabels(selector, labels));
  const gatewayClass = pods.find(({ object, labels }) => object === undefined && PROXIES in labels)?.labels[PROXIES];
  if (gatewayClass === undefined) {
    return { kind: 'pods', service, workloads: [...new Set(pods.flatMap(({ object }) => object ?? []))] };
  }
  const gateways = target.all('Gateway.gateway.networking.k8s.io').filter(({ spec }) => spec?.gatewayClassName === gatewayClass);
  const served = new Set(gateways.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const routes = routesOf(target).filter((route) => answers(route, host) && route.gateways.some((gateway) => served.has(gateway)));
  return { kind: 'proxies', gatewayClass, service, routes };
}

/** Every route of a target, those of Canaries on a gateway included. */
export function routesOf(target: TargetIndex): readonly HostRoute[] {
  const route = (object: Manifest, hosts: unknown, parents: unknown, release?: Release): HostRoute => ({
    object,
    hosts: Array.isArray(hosts) ? hosts.map(String) : [],
    gateways: records(parents).map(({ namespace = object.metadata.namespace, name }) => `${namespace}/${name}`),
    release,
  });
  return [
    ...target.all('HTTPRoute.gateway.networking.k8s.io').map((object) => route(object, object.spec?.hostnames, object.spec?.parentRefs)),
    ...target.releases
      .filter(({ provider }) => provider.startsWith('gatewayapi'))
      .map((release) => {
        const { hosts, gatewayRefs } = record(release.canary.spec?.service);
        return route(release.canary, hosts, gatewayRefs, release);
      }),
  ];
}

const answers = ({ hosts }: HostRoute, host: string): boolean =>
  hosts.length === 0 || hosts.some((each) => each === host || (each.startsWith('*.') && host.endsWith(each.slice(1))));
