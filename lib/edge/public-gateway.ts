import { Construct } from 'constructs';

import {
  GatewaySpecListenersAllowedRoutesNamespacesFrom as From,
  Gateway,
  type GatewaySpecListeners,
  GatewaySpecListenersTlsMode,
} from '../../imports/gateway.networking.k8s.io';
import { type OwnNamespace, PUBLISHING } from '../kubernetes/namespaces';
import { REACHED_BY_CLUSTER } from '../kubernetes/reached-by';
import { fromAddon } from '../kubernetes/sync-options';
import type { GatewayHandle } from '../routing/gateway';
import { INTERNAL_CERTIFICATE } from '../routing/internal-ca';
import { EDGE, HTTP_LISTENER, publicKong } from '../routing/kong';
import { provedThroughGateway, type TlsSettings } from '../routing/tls-settings';
import { allowAnyone, allowChallenges, DataPlaneNetwork } from './data-plane-network';
import type { EdgeSettings } from './edge-settings';
import { GatewayCertificate } from './gateway-certificate';

/** Properties for `PublicGateway`. */
export interface PublicGatewayProps {
  /** Hosts of the region, which every app answers to that has none of its own. */
  readonly hosts: readonly string[];

  /** Hosts of apps, by namespace. */
  readonly appHosts: Readonly<Partial<Record<OwnNamespace, readonly string[]>>>;

  readonly tls: TlsSettings;

  /** @default - everybody reaches it */
  readonly reachedBy?: EdgeSettings['reachedBy'];
}

/** Certificates and their Secrets as people know them. */
const REGION_CERTIFICATE = {
  'internal-ca': { name: INTERNAL_CERTIFICATE, secret: INTERNAL_CERTIFICATE },
  'lets-encrypt': { name: 'llm-api-cert', secret: 'llm-api-tls' },
} as const satisfies Record<TlsSettings['kind'], unknown>;

/** The way in: HTTPS on the hosts of the target, with one certificate for those of the region and one for each app that has its own. */
export class PublicGateway extends Construct {
  /** What answers to every host. */
  public readonly handle: GatewayHandle;

  private readonly regionHosts: readonly string[];
  private readonly appHosts: PublicGatewayProps['appHosts'];

  constructor(scope: Construct, { hosts, appHosts, tls, reachedBy }: PublicGatewayProps) {
    super(scope, 'public-gateway');

    this.regionHosts = hosts;
    this.appHosts = appHosts;
    const { name, gateway } = publicKong;
    const certificates = [
      { ...REGION_CERTIFICATE[tls.kind], hosts },
      ...Object.entries(appHosts).map(([app, own]) => ({ name: `${app}-tls`, secret: `${app}-tls`, hosts: own })),
    ];
    for (const certificate of certificates) new GatewayCertificate(this, { ...certificate, tls });
    const { proxies } = new DataPlaneNetwork(this, publicKong, scope);

    new Gateway(this, 'gateway', {
      metadata: { name: gateway, annotations: { ...fromAddon, ...(reachedBy === 'cluster' ? REACHED_BY_CLUSTER : {}) } },
      spec: {
        gatewayClassName: name,
        listeners: [
          // For the challenges of Let's Encrypt alone. Plain requests for anything else are sent to HTTPS by the route they ask for.
          { name: HTTP_LISTENER, port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: From.SAME } } },
          ...certificates.flatMap(({ secret, hosts }) => hosts.map((host) => httpsListener(host, secret))),
        ],
      },
    });

    allowAnyone(proxies);
    const all = certificates.flatMap((certificate) => certificate.hosts);
    if (provedThroughGateway(tls, all).length > 0) allowChallenges(proxies);
    this.handle = { name: gateway, namespace: EDGE, listeners: all, hosts: all, proxies };
  }

  /** The gateway as an app sees it: on its own hosts if it has some, on those of the region if not. */
  public of(app: OwnNamespace): GatewayHandle {
    const hosts = this.appHosts[app] ?? this.regionHosts;
    return { ...this.handle, listeners: hosts, hosts };
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
