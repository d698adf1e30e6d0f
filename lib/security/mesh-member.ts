import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import type { Peer } from '../kubernetes/endpoint';
import { MESH_PORT, PROBES_FROM } from '../kubernetes/mesh';
import type { OwnNamespace } from '../kubernetes/namespaces';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { prometheus } from '../observability/prometheus';
import { EDGE, proxyPods, publicKong } from '../routing/kong';

/** The namespace all of whose pods are members. */
export const MEMBER_NAMESPACE = 'ml' satisfies OwnNamespace;

const inNamespace = (name: string): k8s.LabelSelector => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** All members: models, the public proxies that call them, and Prometheus, which reads both. */
const MEMBERS: readonly k8s.NetworkPolicyPeer[] = [
  { namespaceSelector: inNamespace(MEMBER_NAMESPACE), podSelector: {} },
  { namespaceSelector: inNamespace(EDGE), podSelector: { matchLabels: proxyPods(publicKong) } },
  { namespaceSelector: inNamespace(prometheus.namespace), podSelector: { matchLabels: { ...prometheus.pods } } },
];

/**
 * Lets a member of the mesh speak with the others through the tunnel of their nodes, which has one port whatever it carries, and be
 * probed by kubelet, which Istio has come from an address of its own.
 *
 * @param probed ports of the probes, of every container of the pods
 */
export function joinMesh({ name, namespace, pods, scope }: Peer & { readonly scope: Construct }, probed: readonly number[]): void {
  const ports = (...numbers: readonly number[]) => numbers.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));
  const member = `${name}-in-mesh`;

  new k8s.KubeNetworkPolicy(scope, member, {
    metadata: { name: member, namespace, annotations: beforeWorkloads },
    spec: {
      podSelector: { matchLabels: { ...pods } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [...MEMBERS], ports: ports(MESH_PORT) },
        { from: [{ ipBlock: { cidr: PROBES_FROM } }], ports: ports(...probed) },
      ],
      egress: [{ to: [...MEMBERS], ports: ports(MESH_PORT) }],
    },
  });
}
