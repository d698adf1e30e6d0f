import { Construct } from 'constructs';

import { type Peer, serviceHost } from '../kubernetes/endpoint';
import { prometheus } from '../observability/prometheus';
import { allowApiServer, connect } from '../security/connect';

/** Port on which both serve metrics. */
const METRICS_PORT = 8080;

/** Pods that the chart of the operator brings: the operator itself, and what counts the objects of the cluster. */
const PODS = {
  'prometheus-operator': { app: 'kube-prometheus-stack-operator' },
  'kube-state-metrics': { 'app.kubernetes.io/name': 'kube-state-metrics' },
} as const;

/** Lets the operator and kube-state-metrics watch the cluster, and Prometheus read what they say. */
export class OperatorNetwork extends Construct {
  constructor(scope: Construct) {
    super(scope, 'operator-network');

    for (const [name, pods] of Object.entries(PODS)) {
      const { namespace } = prometheus;
      const peer: Peer & { readonly scope: Construct } = { name, namespace, pods, scope: this };
      allowApiServer(peer);
      connect(prometheus, { ...peer, host: serviceHost(name, namespace), port: METRICS_PORT, podPort: METRICS_PORT });
    }
  }
}
