import { Construct } from 'constructs';

import { Gateway, GatewaySpecServersTlsMode } from '../../imports/networking.istio.io';
import { serviceHost } from '../kubernetes/endpoint';
import type { OwnNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { prometheus } from '../observability/prometheus';
import { scrapeAddon } from '../observability/scrape';
import type { Region } from '../regions/region';
import { regionalRecords } from '../routing/dns';
import { INGRESS_GATEWAY, ISTIO_INGRESS, type IstioGatewayHandle, ingressPods, ingressPorts, istiod } from '../routing/istio-gateway';
import { provedThroughGateway, type TlsSettings } from '../routing/tls-settings';
import { connect } from '../security/connect';
import { allowAnyone } from './data-plane-network';
import { GatewayCertificate } from './gateway-certificate';

/** Properties for `IstioGateway`. */
export interface IstioGatewayProps {
  /** Namespace whose routes it takes. */
  readonly app: OwnNamespace;

  /** Hosts of the app; those of the region lead to Kong. */
  readonly hosts: readonly string[] | undefined;

  readonly tls: TlsSettings;
  readonly region: Region;

  /** Host that several regions share, if any: then records of the app's hosts are published as well. */
  readonly globalHost: string | undefined;
}

/**
 * A second way in, beside Kong: Istio's gateway, on the hosts of one app. Its pods come from their chart; what they answer to, with which
 * certificate, and who may reach them is here.
 */
export class IstioGateway extends Construct {
  public readonly handle: IstioGatewayHandle;

  /**
   * @throws RangeError if the app has no hosts of its own, or one that only a challenge through Kong could prove
   */
  constructor(scope: Construct, { app, hosts, tls, region, globalHost }: IstioGatewayProps) {
    super(scope, 'istio-gateway');

    if (hosts === undefined) {
      throw new RangeError(
        `Cannot publish "${app}" through Istio's gateway as the hosts of the region lead to Kong: give the app hosts of its own in edge.appHosts`,
      );
    }
    const [unproved] = provedThroughGateway(tls, hosts);
    if (unproved !== undefined) {
      throw new RangeError(
        `Cannot publish "${unproved}" through Istio's gateway as Let's Encrypt would ask for its proof there, and Kong answers challenges: take a host in the zone of dns01`,
      );
    }

    const certificate = `${app}-tls`;
    const proxies = { name: INGRESS_GATEWAY, namespace: ISTIO_INGRESS, pods: ingressPods, scope };
    this.handle = { name: app, namespace: ISTIO_INGRESS, hosts, proxies };

    new GatewayCertificate(this, { name: certificate, secret: certificate, namespace: ISTIO_INGRESS, hosts, tls });

    // Routes of other namespaces are not taken, whichever hosts they name.
    const admitted = hosts.map((host) => `${app}/${host}`);
    const records = globalHost === undefined ? {} : regionalRecords(globalHost, region).annotations;
    new Gateway(this, 'gateway', {
      metadata: { name: app, namespace: ISTIO_INGRESS, annotations: { ...fromAddon, ...records } },
      spec: {
        selector: { ...ingressPods },
        servers: [
          { hosts: admitted, port: { number: 80, name: 'http', protocol: 'HTTP' }, tls: { httpsRedirect: true } },
          {
            hosts: admitted,
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            tls: { mode: GatewaySpecServersTlsMode.SIMPLE, credentialName: certificate },
          },
        ],
      },
    });

    this.defineNetwork();
  }

  /** Anybody may ask it; it asks the control plane, and whatever a route connects it to. */
  private defineNetwork(): void {
    const { proxies } = this.handle;
    const { port: podPort, ...controlPlane } = istiod;
    const host = (name: string, namespace: string) => ({ host: serviceHost(name, namespace) });

    allowAnyone(proxies, ingressPorts);
    connect(proxies, { ...controlPlane, ...host(istiod.name, istiod.namespace), port: podPort, podPort });
    const { metrics } = ingressPorts;
    connect(prometheus, { ...proxies, ...host(proxies.name, proxies.namespace), port: metrics, podPort: metrics });
    scrapeAddon(this, proxies, metrics, '/stats/prometheus');
  }
}
