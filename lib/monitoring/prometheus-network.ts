import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { flagger } from '../delivery/load-tester';
import type { Endpoint, Peer } from '../kubernetes/endpoint';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { scrapeService } from '../observability/scrape';
import { allowApiServer, connect } from '../security/connect';

/** Ports of nodes: kubelet, and node-exporter, which has the network of its node. */
const NODE_PORTS = [10250, 9100];

/** What asks Prometheus although no app of ours runs it: releases are judged, and engines scaled, by its metrics. */
const DECIDERS: readonly Peer[] = [
  flagger,
  { name: 'prometheus-adapter', namespace: 'monitoring-system', pods: { 'app.kubernetes.io/name': 'prometheus-adapter' } },
];

/** What Prometheus may call, and what may call it. */
export class PrometheusNetwork extends Construct {
  /** @param decides whether releases and autoscalers of the target go by metrics */
  constructor(scope: Construct, endpoint: Endpoint & { readonly scope: Construct }, decides: boolean) {
    super(scope, 'prometheus-network');

    const { name, pods } = endpoint;
    allowApiServer({ ...endpoint, scope: this });
    scrapeService({ ...endpoint, scope: this }, { port: 'web' });
    if (decides) for (const caller of DECIDERS) connect(caller, { ...endpoint, scope: this });

    // What is scraped decides who may read it: each endpoint admits Prometheus on the port of its metrics, and nowhere else.
    const allPods = {
      to: [{ namespaceSelector: {} }],
      ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(1024), endPort: 65535 }],
    };
    // Nodes are no pods, and Cilium does not take their addresses for addresses: a block of them would leave them out.
    const nodes = { ports: NODE_PORTS.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })) };
    new k8s.KubeNetworkPolicy(this, 'scraped', {
      metadata: { name: `${name}-to-scraped`, annotations: beforeWorkloads },
      spec: { podSelector: { matchLabels: { ...pods } }, policyTypes: ['Egress'], egress: [allPods, nodes] },
    });
  }
}
