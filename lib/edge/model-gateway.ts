import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { GatewaySpecListenersAllowedRoutesNamespacesFrom as From, Gateway } from '../../imports/gateway.networking.k8s.io';
import type { Endpoint, Peer } from '../kubernetes/endpoint';
import type { OwnNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import type { InternalGateway } from '../routing/gateway';
import { EDGE, HTTP_LISTENER, internalKong, kongPorts, modelHost, proxyPods } from '../routing/kong';
import { DataPlaneNetwork } from './data-plane-network';

/** Where models are served; nobody else may answer to their hosts. */
const MODELS = 'llm' satisfies OwnNamespace;

const PORT = 80;

/**
 * The gateway of the models, in reach of the cluster alone. Each model server has a Service here, whose DNS name is the
 * host of the server's route: clients need no other address, and the route decides between primary and canary.
 *
 * Without a server nothing is defined, for no data plane runs.
 */
export class ModelGateway extends Construct implements InternalGateway {
  public readonly name = internalKong.gateway;
  public readonly namespace = EDGE;
  public readonly listeners: readonly string[] = [HTTP_LISTENER];
  public readonly hosts: readonly string[];
  public readonly proxies: Peer & { readonly scope: Construct };

  constructor(
    scope: Construct,
    private readonly servers: readonly string[],
  ) {
    super(scope, 'model-gateway');

    this.hosts = servers.map(modelHost);
    this.proxies = { name: internalKong.name, namespace: EDGE, pods: proxyPods(internalKong), scope };
    if (servers.length === 0) return;

    new DataPlaneNetwork(this, internalKong, scope);
    new Gateway(this, 'gateway', {
      metadata: { name: this.name, annotations: fromAddon },
      spec: {
        gatewayClassName: internalKong.name,
        listeners: [
          {
            name: HTTP_LISTENER,
            hostname: modelHost('*'),
            port: PORT,
            protocol: 'HTTP',
            allowedRoutes: { namespaces: { from: From.SELECTOR, selector: { matchLabels: { 'kubernetes.io/metadata.name': MODELS } } } },
          },
        ],
      },
    });
    for (const server of servers) this.defineHost(server);
  }

  public endpoint(server: string): Endpoint {
    if (!this.servers.includes(server)) {
      throw new RangeError(
        `Cannot call "${server}" through the internal gateway as it carries ${this.servers.join(', ') || 'no model'}: name the server where the edge is defined`,
      );
    }
    return { ...this.proxies, name: server, host: modelHost(server), port: PORT, podPort: kongPorts.http };
  }

  private defineHost(server: string): void {
    new k8s.KubeService(this, server, {
      metadata: { name: server },
      spec: {
        type: 'ClusterIP',
        selector: proxyPods(internalKong),
        ports: [{ name: 'http', port: PORT, targetPort: k8s.IntOrString.fromNumber(kongPorts.http) }],
      },
    });
  }
}
