import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { AddonNamespace, OwnNamespace } from '../kubernetes/namespaces';
import { ground } from '../kubernetes/sync-wave';

/** Properties for `DefaultDeny`. */
export interface DefaultDenyProps {
  readonly namespace: OwnNamespace | AddonNamespace;

  /** Address of the node-local DNS cache, where there is one. */
  readonly nodeLocalDns: string | undefined;
}

/** What other policies are exceptions from: no traffic in either direction, but for questions to the cluster's DNS. */
export class DefaultDeny extends Construct {
  constructor(scope: Construct, { namespace, nodeLocalDns }: DefaultDenyProps) {
    super(scope, `default-deny-${namespace}`);

    new k8s.KubeNetworkPolicy(this, 'deny', {
      metadata: { name: 'default-deny', namespace, annotations: ground },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });

    const dns: k8s.NetworkPolicyPeer = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    };
    new k8s.KubeNetworkPolicy(this, 'dns', {
      metadata: { name: 'allow-dns', namespace, annotations: ground },
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            // The cache answers from an address of the node, which no selector of pods means.
            to: nodeLocalDns === undefined ? [dns] : [dns, { ipBlock: { cidr: `${nodeLocalDns}/32` } }],
            ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(53) })),
          },
        ],
      },
    });
  }
}
