import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import type { Endpoint, Peer } from '../kubernetes/endpoint';
import { beforeWorkloads } from '../kubernetes/sync-wave';

/**
 * Lets a caller reach an endpoint: one rule on each side, because every namespace of ours denies both directions.
 * A side whose namespace denies nothing (`scope` absent) gets none.
 */
export function connect(caller: Peer, endpoint: Endpoint): void {
  const { podPort, protocols = ['TCP'] } = endpoint;
  const ports = protocols.map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(podPort) }));

  if (caller.scope !== undefined) {
    policy(caller.scope, `${caller.name}-to-${endpoint.name}`, caller, { egress: [{ to: [podsOf(endpoint)], ports }] });
  }
  if (endpoint.scope !== undefined) {
    policy(endpoint.scope, `${endpoint.name}-from-${caller.name}`, endpoint, { ingress: [{ from: [podsOf(caller)], ports }] });
  }
}

/** Addresses that never are a public service: a rule for the internet leaves them out. */
const PRIVATE_NETWORKS = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** Lets pods call public HTTPS services (model hub, object storage, secret APIs), and nothing on a private network. */
export function allowInternet(caller: Peer & { readonly scope: Construct }): void {
  policy(caller.scope, `${caller.name}-to-internet`, caller, {
    egress: [
      {
        to: [{ ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE_NETWORKS } }],
        ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(443) }],
      },
    ],
  });
}

/** Lets pods call servers on a private network, which somebody runs beside the cluster. */
export function allowNetwork(caller: Peer & { readonly scope: Construct }, name: string, cidr: string, port: number): void {
  policy(caller.scope, `${caller.name}-to-${name}`, caller, {
    egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }] }],
  });
}

/** Ports of API servers behind their Service: clouds and kubeadm, k3s, minikube, MicroK8s. */
const API_SERVER_PORTS = [443, 6443, 8443, 16443];

/** Lets pods call the Kubernetes API server, which no selector can name: it is not a pod everywhere. */
export function allowApiServer(caller: Peer & { readonly scope: Construct }): void {
  policy(caller.scope, `${caller.name}-to-api-server`, caller, {
    egress: [{ ports: API_SERVER_PORTS.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })) }],
  });
}

function policy(scope: Construct, name: string, { namespace, pods }: Peer, rules: Pick<k8s.NetworkPolicySpec, 'ingress' | 'egress'>): void {
  new k8s.KubeNetworkPolicy(scope, name, {
    metadata: { name, namespace, annotations: beforeWorkloads },
    spec: { podSelector: { matchLabels: { ...pods } }, policyTypes: [rules.ingress === undefined ? 'Egress' : 'Ingress'], ...rules },
  });
}

/** Pods of a peer, as policies name them from anywhere. */
export function podsOf({ namespace, pods }: Peer): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { ...pods } },
  };
}
