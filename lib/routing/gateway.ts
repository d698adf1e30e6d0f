import type { Construct } from 'constructs';

import type { Endpoint, Peer } from '../kubernetes/endpoint';

/** A Gateway that routes may attach to. */
export interface GatewayHandle {
  readonly name: string;
  readonly namespace: string;

  /** Listeners that routes attach to: one per host where hosts have certificates. */
  readonly listeners: readonly string[];

  /** Hosts that the listeners answer to. */
  readonly hosts: readonly string[];

  /** The proxies behind the Gateway: what calls a route's backends. */
  readonly proxies: Peer & { readonly scope: Construct };
}

/** The gateway that carries calls to models: not published, and the only way to a model that weighs primary and canary. */
export interface InternalGateway extends GatewayHandle {
  /**
   * The endpoint under which clients call a model server: a Service of its own on the gateway's proxies, whose DNS name is the route's host.
   *
   * @throws RangeError if the gateway was not told of that server
   */
  endpoint(server: string): Endpoint;
}

/** Attaches a route to every listener of a gateway. */
export function parentsOf({ name, namespace, listeners }: GatewayHandle): { name: string; namespace: string; sectionName: string }[] {
  return listeners.map((sectionName) => ({ name, namespace, sectionName }));
}
