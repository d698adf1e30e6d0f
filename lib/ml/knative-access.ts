import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import { ClusterDomainClaim } from '../../imports/networking.internal.knative.dev';
import { DomainMapping } from '../../imports/serving.knative.dev';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads, routes } from '../kubernetes/sync-wave';
import { scrapeAddon } from '../observability/scrape';
import { connect } from '../security/connect';
import type { Access } from './standard-access';

const KNATIVE = 'knative-serving' satisfies AddonNamespace;

const GATEWAY_PODS = { app: '3scale-kourier-gateway' };

/** Kourier's Services, for names inside the cluster and for domains. Neither is published. */
const GATEWAY = {
  names: { host: serviceHost('kourier-internal', KNATIVE), port: 80, podPort: 8081 },
  domains: { host: serviceHost('kourier', KNATIVE), port: 80, podPort: 8080 },
};

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
export function knativeAccess(scope: Construct, { service, peer, upstream, domain }: Access): Endpoint {
  const gateway = domain === undefined ? GATEWAY.names : GATEWAY.domains;
  if (domain !== undefined) mapDomain(scope, domain, peer);

  new k8s.KubeService(scope, 'service', {
    metadata: {
      name: service,
      annotations: {
        ...upstream,
        'konghq.com/host-header': domain ?? serviceHost(predictorOf(peer.name), peer.namespace),
      },
    },
    spec: { type: 'ExternalName', externalName: gateway.host, ports: [{ name: 'http', port: gateway.port }] },
  });

  for (const [name, pods, podPort] of [
    ['kourier', GATEWAY_PODS, QUEUE.requests],
    ['activator', { app: 'activator' }, QUEUE.requests],
    ['autoscaler', { app: 'autoscaler' }, QUEUE.statistics],
  ] as const) {
    connect({ name, namespace: KNATIVE, pods }, { ...peer, port: podPort, podPort });
  }
  return { name: peer.name, namespace: KNATIVE, pods: GATEWAY_PODS, host: peer.host, port: gateway.port, podPort: gateway.podPort };
}

/** What KServe calls the Service of Knative that it makes for a model. */
const predictorOf = (model: string): string => `${model}-predictor`;

/** Maps a domain to a model. Who may have it is said by hand: Knative gives domains to whoever asks first only if told so. */
function mapDomain(scope: Construct, domain: string, { name, namespace }: Access['peer']): void {
  new ClusterDomainClaim(scope, 'domain-claim', {
    metadata: { name: domain, annotations: { ...beforeWorkloads, ...fromAddon } },
    spec: { namespace },
  });
  new DomainMapping(scope, 'domain', {
    metadata: { name: domain, annotations: { ...routes, ...fromAddon } },
    spec: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: predictorOf(name), namespace } },
  });
}

/** Has Prometheus read what holds requests back while a model wakes, and what decides how many replicas it has. */
export function watchKnative(scope: Construct): void {
  for (const name of ['activator', 'autoscaler']) scrapeAddon(scope, { name, namespace: KNATIVE, pods: { app: name } }, METRICS_PORT);
}
