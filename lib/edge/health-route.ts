import { Construct } from 'constructs';

import { KongPlugin } from '../../imports/configuration.konghq.com';
import { HttpRoute, HttpRouteSpecRulesMatchesPathType } from '../../imports/gateway.networking.k8s.io';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads, routes } from '../kubernetes/sync-wave';
import type { Region } from '../regions/region';
import { regionalRecords } from '../routing/dns';
import { type GatewayHandle, parentsOf } from '../routing/gateway';
import { httpsOnly } from '../routing/https-only';

/** Properties for `HealthRoute`. */
export interface HealthRouteProps {
  readonly gateway: GatewayHandle;
  readonly region: Region;

  /** Host that several regions share, if any. */
  readonly globalHost: string | undefined;
}

const NAME = 'gateway-health';

/** The second is what clients of the API have always asked. */
const PATHS = ['/health', '/v1/health'];

/**
 * The gateway's health on every host of the gateway, answered by the gateway itself: a region whose gateway works is healthy, however
 * its models do. It is the one route that exists for every host, so the DNS records of shared hosts are taken from it.
 */
export class HealthRoute extends Construct {
  constructor(scope: Construct, { gateway, region, globalHost }: HealthRouteProps) {
    super(scope, NAME);

    new KongPlugin(this, 'answer', {
      metadata: { name: NAME, annotations: { ...beforeWorkloads, ...fromAddon } },
      plugin: 'request-termination',
      config: { status_code: 200, content_type: 'application/json', body: '{"status":"healthy"}' },
    });

    const records = globalHost === undefined ? { labels: {}, annotations: {} } : regionalRecords(globalHost, region);
    new HttpRoute(this, 'route', {
      metadata: {
        name: NAME,
        labels: records.labels,
        annotations: { ...routes, ...fromAddon, ...httpsOnly, 'konghq.com/plugins': NAME, ...records.annotations },
      },
      spec: {
        parentRefs: parentsOf(gateway),
        hostnames: [...gateway.hosts],
        rules: [{ matches: PATHS.map((value) => ({ path: { type: HttpRouteSpecRulesMatchesPathType.EXACT, value } })) }],
      },
    });
  }
}
