import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { type Peer, serviceHost } from '../kubernetes/endpoint';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { scrapePods } from '../observability/scrape';
import { type DataPlane, EDGE, kongPorts, proxyPods } from '../routing/kong';
import { allowApiServer, connect } from '../security/connect';

/** Port on which cert-manager's pods answer Let's Encrypt. */
const SOLVER_PORT = 8089;

/** What every data plane is allowed: its controllers read the cluster's routes, Prometheus reads its metrics. */
export class DataPlaneNetwork extends Construct {
  /** Pods of the data plane. */
  public readonly proxies: Peer & { readonly scope: Construct };

  /**
   * @param policies where the policies of the pods are defined, those of routes of other apps included
   */
  constructor(scope: Construct, plane: DataPlane, policies: Construct) {
    super(scope, 'network');

    const { name } = plane;
    this.proxies = { name, namespace: EDGE, pods: proxyPods(plane), scope: policies };

    allowApiServer(this.proxies);
    const { status, controller } = kongPorts;
    const metrics = { ...this.proxies, scope: this, host: serviceHost(name, EDGE) };
    scrapePods({ ...metrics, port: status, podPort: status }, { port: 'status' });
    const beside = new Construct(this, 'controller');
    scrapePods({ ...metrics, scope: beside, name: `${name}-controller`, port: controller, podPort: controller }, { port: 'cmetrics' });
  }
}

/** Lets anybody reach the proxies, for that is what they are there for. */
export function allowAnyone(
  { scope, name, namespace, pods }: Peer & { readonly scope: Construct },
  { http, https }: Readonly<Record<'http' | 'https', number>> = kongPorts,
): void {
  new k8s.KubeNetworkPolicy(scope, `${name}-from-anyone`, {
    metadata: { name: `${name}-from-anyone`, namespace, annotations: beforeWorkloads },
    spec: {
      podSelector: { matchLabels: { ...pods } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [http, https].map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })) }],
    },
  });
}

/** Lets the proxies reach the pods that cert-manager starts beside the certificate to answer an HTTP challenge. */
export function allowChallenges(proxies: Peer & { readonly scope: Construct }): void {
  connect(proxies, {
    name: 'acme-solver',
    namespace: EDGE,
    pods: { 'acme.cert-manager.io/http01-solver': 'true' },
    scope: proxies.scope,
    host: serviceHost('acme-solver', EDGE),
    port: SOLVER_PORT,
    podPort: SOLVER_PORT,
  });
}
