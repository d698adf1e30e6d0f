import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { scrapeAddon } from '../observability/scrape';
import { kongUpstream } from '../routing/kong-upstream';
import { connect } from '../security/connect';
import { type Access, RETRIES } from './standard-access';

const KNATIVE = 'knative-serving' satisfies AddonNamespace;

/** Kourier's Service for requests from within the cluster, and its pods. */
const GATEWAY = { host: serviceHost('kourier-internal', KNATIVE), pods: { app: '3scale-kourier-gateway' }, port: 80, podPort: 8081 };

/** Annotation of a route whose Service says which host its backend is called by, in place of the one that the client called. */
export const toldByService = { 'konghq.com/preserve-host': 'false' } as const;

/** Where Knative's own parts serve metrics. */
const METRICS_PORT = 9090;

/** Ports of the proxy that Knative puts into each pod: requests, and what the autoscaler reads. */
const QUEUE = { requests: 8012, statistics: 9090 };

/**
 * Leads to Knative's gateway, which divides requests between versions, wakes models that sleep, and knows a model by its host. The
 * gateway reaches the pods, as the activator does on its behalf, and the autoscaler counts their requests.
 */
export function knativeAccess(scope: Construct, { service, peer, gatewaySeconds }: Access): Endpoint {
  new k8s.KubeService(scope, 'service', {
    metadata: {
      name: service,
      annotations: {
        ...kongUpstream(gatewaySeconds, RETRIES),
        'konghq.com/host-header': serviceHost(`${peer.name}-predictor`, peer.namespace),
      },
    },
    spec: { type: 'ExternalName', externalName: GATEWAY.host, ports: [{ name: 'http', port: GATEWAY.port }] },
  });

  for (const [name, pods, podPort] of [
    ['kourier', GATEWAY.pods, QUEUE.requests],
    ['activator', { app: 'activator' }, QUEUE.requests],
    ['autoscaler', { app: 'autoscaler' }, QUEUE.statistics],
  ] as const) {
    connect({ name, namespace: KNATIVE, pods }, { ...peer, port: podPort, podPort });
  }
  return { name: peer.name, namespace: KNATIVE, pods: GATEWAY.pods, host: peer.host, port: GATEWAY.port, podPort: GATEWAY.podPort };
}

/** Has Prometheus read what holds requests back while a model wakes, and what decides how many replicas it has. */
export function watchKnative(scope: Construct): void {
  for (const name of ['activator', 'autoscaler']) scrapeAddon(scope, { name, namespace: KNATIVE, pods: { app: name } }, METRICS_PORT);
}
