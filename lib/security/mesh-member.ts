import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import type { Peer } from '../kubernetes/endpoint';
import { MESH_PORT, PROBES_FROM } from '../kubernetes/mesh';
import type { OwnNamespace } from '../kubernetes/namespaces';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { prometheus } from '../observability/prometheus';
import { podsOf } from './connect';

/** The namespace all of whose pods are members. */
export const MEMBER_NAMESPACE = 'ml' satisfies OwnNamespace;

const models: k8s.NetworkPolicyPeer = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': MEMBER_NAMESPACE } },
  podSelector: {},
};

const ports = (...numbers: readonly number[]) => numbers.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));

/** Who takes part in the mesh, and is probed there. */
export interface MeshMember {
  readonly member: Peer & { readonly scope: Construct };

  /** Proxies that call models, and tunnel to them. */
  readonly callers: Peer;

  /** Ports of the probes, of every container of the pods. */
  readonly probed: readonly number[];
}

/**
 * Lets a member of the mesh speak with the others through the tunnel of their nodes, which has one port whatever it carries, and be
 * probed by kubelet, which Istio has come from an address of its own. The others are models, who calls them, and Prometheus, which reads both.
 */
export function joinMesh({ member: { name, namespace, pods, scope }, callers, probed }: MeshMember): void {
  const members = [models, podsOf(callers), podsOf(prometheus)];
  const member = `${name}-in-mesh`;

  new k8s.KubeNetworkPolicy(scope, member, {
    metadata: { name: member, namespace, annotations: beforeWorkloads },
    spec: {
      podSelector: { matchLabels: { ...pods } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: members, ports: ports(MESH_PORT) },
        { from: [{ ipBlock: { cidr: PROBES_FROM } }], ports: ports(...probed) },
      ],
      egress: [{ to: members, ports: ports(MESH_PORT) }],
    },
  });
}

/** Lets Istio's gateway tunnel to models. It is no member: nobody tunnels to it, and kubelet probes it as any other pod. */
export function tunnelToModels({ name, namespace, pods, scope }: Peer & { readonly scope: Construct }): void {
  const policy = `${name}-to-mesh`;

  new k8s.KubeNetworkPolicy(scope, policy, {
    metadata: { name: policy, namespace, annotations: beforeWorkloads },
    spec: { podSelector: { matchLabels: { ...pods } }, policyTypes: ['Egress'], egress: [{ to: [models], ports: ports(MESH_PORT) }] },
  });
}
