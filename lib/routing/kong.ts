import { serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import type { OwnNamespace } from '../kubernetes/namespaces';

/** Namespace of Kong's data planes, of their gateways and of the gateway's certificate. */
export const EDGE = 'edge' satisfies OwnNamespace;

/** Proxies of Kong with controllers of their own, which read one GatewayClass and nothing else. */
export interface DataPlane {
  /** Helm release, GatewayClass and ingress class; also the value of the label by which policies select the pods. */
  readonly name: 'kong' | 'kong-internal';

  /** What the GatewayClass calls the controllers, and they themselves. */
  readonly controllerName: `konghq.com/${string}`;

  /** Gateway of the class. */
  readonly gateway: 'public' | 'internal';
}

/** The way in: the only load balancer of a region. */
export const publicKong: DataPlane = { name: 'kong', controllerName: 'konghq.com/kic-gateway-controller', gateway: 'public' };

/**
 * Carries calls to models between primary and canary. A data plane of its own, because Kong serves every route on every
 * listener: on a shared one, whoever sends a model's host name from outside would reach the model past LiteLLM.
 */
export const internalKong: DataPlane = {
  name: 'kong-internal',
  controllerName: 'konghq.com/kic-internal-controller',
  gateway: 'internal',
};

/**
 * The data planes of a target.
 *
 * @param servers model servers whose calls are weighed; without one there is nothing for the internal data plane to do
 */
export function dataPlanes(servers: readonly string[]): readonly DataPlane[] {
  return servers.length === 0 ? [publicKong] : [publicKong, internalKong];
}

/** Ports of Kong's containers that others may reach. The admin API is not among them. */
export const kongPorts = {
  http: 8000,
  https: 8443,
  /** Health and metrics, read-only. */
  status: 8100,
  /** Metrics of the controller beside a proxy. */
  controller: 10255,
  /** Where the chart has kubelet ask how the controller is. */
  controllerHealth: 10254,
} as const;

/** Listener of a gateway on port 80: for Let's Encrypt on the public one, for models on the internal one. */
export const HTTP_LISTENER = 'http';

/** Pods of a data plane. */
export const proxyPods = ({ name }: DataPlane): Record<string, string> => stablePods(name);

/** Host that clients in the cluster call for a model server. */
export const modelHost = (server: string): string => serviceHost(server, EDGE);
