import type { App } from 'cdk8s';

import { AppChart } from '../kubernetes/app-chart';
import type { OwnNamespace } from '../kubernetes/namespaces';
import type { Region } from '../regions/region';
import type { InternalGateway } from '../routing/gateway';
import type { IstioGatewayHandle } from '../routing/istio-gateway';
import { EDGE } from '../routing/kong';
import { CaDownload } from './ca-download';
import type { EdgeSettings } from './edge-settings';
import { HealthRoute } from './health-route';
import { IstioGateway } from './istio-gateway';
import { ModelGateway } from './model-gateway';
import { PublicGateway } from './public-gateway';

/** Properties for `EdgeChart`. */
export interface EdgeChartProps {
  readonly region: Region;
  readonly settings: EdgeSettings;

  /** Model servers whose calls are weighed between primary and canary; each gets a host of its own inside the cluster. */
  readonly servers: readonly string[];

  /**
   * The app whose hosts Istio's gateway answers to in place of Kong, and all of whose routes it takes.
   *
   * @default - Kong answers to every host
   */
  readonly throughIstio?: OwnNamespace | undefined;
}

/**
 * The gateways, what they answer to and who may reach them. Kong itself is installed by Argo CD from its chart, and what
 * it needs outside of this namespace belongs to the foundation, so everything here is namespaced.
 */
export class EdgeChart extends AppChart {
  /** The way in, which routes of apps attach to: each to the gateway as the app sees it. */
  public readonly publicGateway: PublicGateway;

  /** The way to the models. */
  public readonly internalGateway: InternalGateway;

  /** The way in to the app that asks for Istio's gateway, if one does. */
  public readonly istioGateway?: IstioGatewayHandle;

  /**
   * @throws RangeError if an app asks for Istio's gateway without hosts that it can have a certificate for
   */
  constructor(app: App, id: string, { region, settings, servers, throughIstio }: EdgeChartProps) {
    super(app, id, EDGE);

    const { regionalHost, globalHost, appHosts = {}, tls, reachedBy } = settings;
    const hosts = globalHost === undefined ? [regionalHost] : [globalHost, regionalHost];

    const kongHosts = Object.fromEntries(Object.entries(appHosts).filter(([name]) => name !== throughIstio));
    this.publicGateway = new PublicGateway(this, { hosts, appHosts: kongHosts, tls, reachedBy });
    this.internalGateway = new ModelGateway(this, servers);
    if (throughIstio !== undefined) {
      this.istioGateway = new IstioGateway(this, { app: throughIstio, hosts: appHosts[throughIstio], tls, region, globalHost }).handle;
    }
    if (tls.kind === 'internal-ca') new CaDownload(this, this.publicGateway.handle);
    new HealthRoute(this, { gateway: this.publicGateway.handle, region, globalHost });
  }
}
