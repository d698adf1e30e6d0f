import { Construct } from 'constructs';

import {
  GatewaySpecListenersAllowedRoutesNamespacesFrom as From,
  Gateway,
  type GatewaySpecListeners,
  GatewaySpecListenersTlsMode,
} from '../../imports/gateway.networking.k8s.io';
import { PUBLISHING } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import type { GatewayHandle } from '../routing/gateway';
import { EDGE, HTTP_LISTENER, publicKong } from '../routing/kong';
import type { TlsSettings } from '../routing/tls-settings';
import { allowAnyone, allowChallenges, DataPlaneNetwork } from './data-plane-network';

/** Properties for `PublicGateway`. */
export interface PublicGatewayProps {
  /** Hosts that it answers to. */
  readonly hosts: readonly string[];

  /** Secret with the certificate for all of them. */
  readonly certificate: string;

  readonly tls: TlsSettings;
}

/** The way in: HTTPS on the hosts of the target. */
export class PublicGateway extends Construct {
  public readonly handle: GatewayHandle;

  constructor(scope: Construct, { hosts, certificate, tls }: PublicGatewayProps) {
    super(scope, 'public-gateway');

    const { name, gateway } = publicKong;
    const { proxies } = new DataPlaneNetwork(this, publicKong, scope);

    new Gateway(this, 'gateway', {
      metadata: { name: gateway, annotations: fromAddon },
      spec: {
        gatewayClassName: name,
        listeners: [
          // For the challenges of Let's Encrypt alone. Plain requests for anything else are sent to HTTPS by the route they ask for.
          { name: HTTP_LISTENER, port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: From.SAME } } },
          ...hosts.map((host) => httpsListener(host, certificate)),
        ],
      },
    });

    allowAnyone(proxies);
    if (tls.kind === 'lets-encrypt' && tls.challenge.kind === 'http01') allowChallenges(proxies);
    this.handle = { name: gateway, namespace: EDGE, listeners: hosts, hosts, proxies };
  }
}

/** A listener of a host, which admits no routes for other hosts. Its name is the host's. */
function httpsListener(host: string, certificate: string): GatewaySpecListeners {
  return {
    name: host,
    hostname: host,
    port: 443,
    protocol: 'HTTPS',
    tls: { mode: GatewaySpecListenersTlsMode.TERMINATE, certificateRefs: [{ name: certificate }] },
    allowedRoutes: { namespaces: { from: From.SELECTOR, selector: { matchLabels: PUBLISHING } } },
  };
}
