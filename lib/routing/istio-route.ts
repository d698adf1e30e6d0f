import { Construct } from 'constructs';

import { VirtualService, type VirtualServiceSpecHttp } from '../../imports/networking.istio.io';
import type { Endpoint } from '../kubernetes/endpoint';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';
import { connect } from '../security/connect';
import type { IstioGatewayHandle } from './istio-gateway';
import type { RoutePath } from './public-route';

/** Properties for `IstioRoute`. */
export interface IstioRouteProps {
  readonly gateway: IstioGatewayHandle;

  /** What answers. */
  readonly endpoint: Endpoint;

  /** What is published, on every host of the gateway. */
  readonly path: Omit<RoutePath, 'endpoint'>;

  /** The longest that an answer may take, all tries together, seconds. */
  readonly seconds: number;

  /** How often another pod is tried where one does not take the connection, or hangs up before it answers. */
  readonly retries: number;
}

/** What is tried again: Istio's own list also has answers of the server. */
const RETRY_ON = 'connect-failure,refused-stream,reset';

/**
 * Publishes a path of a service through Istio's gateway, which sends plain requests to HTTPS and asks for a token before a route is
 * looked at. Also lets the gateway's pods reach the service.
 */
export class IstioRoute extends Construct {
  constructor(scope: Construct, name: string, { gateway, endpoint, path, seconds, retries }: IstioRouteProps) {
    super(scope, `route-${name}`);

    const { host, port } = endpoint;
    const answer: VirtualServiceSpecHttp = {
      route: [{ destination: { host, port: { number: port } } }],
      timeout: `${seconds}s`,
      retries: { attempts: retries, retryOn: RETRY_ON },
    };

    new VirtualService(this, 'route', {
      metadata: { name, annotations: { ...routes, ...fromAddon } },
      spec: {
        gateways: [`${gateway.namespace}/${gateway.name}`],
        hosts: [...gateway.hosts],
        http: below(path).map((match) => ({ ...match, ...answer })),
      },
    });
    connect(gateway.proxies, endpoint);
  }
}

/** A path and everything below it: to Istio a prefix is the beginning of a text, and `/a` that of `/ab`. */
function below({ prefix, replaceWith }: Omit<RoutePath, 'endpoint'>): VirtualServiceSpecHttp[] {
  const [path, other] = [prefix, replaceWith].map((text) => text?.replace(/\/$/, ''));
  const ways = [...(path === '' ? [] : [{ exact: path as string }]), { prefix: `${path}/` }];

  if (other === undefined) return [{ match: ways.map((uri) => ({ uri })) }];
  return ways.map((uri) => ({ match: [{ uri }], rewrite: { uri: 'prefix' in uri ? `${other}/` : other === '' ? '/' : other } }));
}
