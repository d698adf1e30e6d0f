import type { Construct } from 'constructs';

import type { Peer } from '../kubernetes/endpoint';
import type { AddonNamespace } from '../kubernetes/namespaces';

/** Namespace of Istio's gateway: of its pods, and so of the certificate, which they read from nowhere else. */
export const ISTIO_INGRESS = 'istio-ingress' satisfies AddonNamespace;

/** Helm release, and what the chart calls Service, Deployment and account. */
export const INGRESS_GATEWAY = 'istio-ingressgateway';

/** The label of its pods that the chart makes of the release's name, and puts into the Service's selector as well. */
export const ingressPods = { istio: 'ingressgateway' } as const;

/** Ports of its pods. */
export const ingressPorts = {
  http: 80,
  https: 443,
  /** What Envoy tells Prometheus, the one port that the chart declares. */
  metrics: 15090,
} as const;

/** The control plane, which hands configuration and certificates out to proxies. */
export const istiod: Peer & { readonly port: number } = {
  ...{ name: 'istiod', namespace: 'istio-system' satisfies AddonNamespace, pods: { app: 'istiod' } },
  port: 15012,
};

/** Istio's gateway, which VirtualServices bind to. */
export interface IstioGatewayHandle {
  readonly name: string;
  readonly namespace: string;

  /** Hosts that it answers to. */
  readonly hosts: readonly string[];

  /** Its pods: what calls the destinations of a VirtualService. */
  readonly proxies: Peer & { readonly scope: Construct };
}
