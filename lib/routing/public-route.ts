import { Chart } from 'cdk8s';
import { Construct } from 'constructs';

import { KongPlugin } from '../../imports/configuration.konghq.com';
import {
  HttpRoute,
  type HttpRouteSpecRules,
  HttpRouteSpecRulesFiltersType,
  type HttpRouteSpecRulesMatches,
  HttpRouteSpecRulesMatchesPathType,
  HttpRouteSpecRulesFiltersUrlRewritePathType as Replace,
} from '../../imports/gateway.networking.k8s.io';
import type { Endpoint } from '../kubernetes/endpoint';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads, routes } from '../kubernetes/sync-wave';
import { connect } from '../security/connect';
import { type GatewayHandle, parentsOf } from './gateway';
import { httpsOnly } from './https-only';
import { unbuffered } from './kong-upstream';
import { type RateLimit, RateLimiting } from './rate-limit';
import type { RequestTimeouts } from './request-timeouts';

/** Properties for `PublicRoute`. */
export interface PublicRouteProps {
  readonly gateway: GatewayHandle;

  /** What answers, in the namespace of the route. Its Service carries `kongUpstream(timeouts.publicGateway)`, as does that of a path. */
  readonly endpoint: Endpoint;

  /** What is published, on every host of the gateway. */
  readonly paths: readonly RoutePath[];

  readonly timeouts: Pick<RequestTimeouts, 'publicGateway'>;

  /** A limit of its own, or one that several routes have: each counts for itself. */
  readonly rateLimit: RateLimit | RateLimiting;

  /**
   * Names of further plugins of the namespace that every request passes.
   *
   * @default - none
   */
  readonly plugins?: readonly string[];

  /**
   * Further annotations of the route, for Kong.
   *
   * @default {}
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Everything below one path. */
export interface RoutePath {
  readonly prefix: string;

  /**
   * What the backend sees in place of the prefix.
   *
   * @default - the path as the client sent it
   */
  readonly replaceWith?: string;

  /**
   * What answers below this path, in the namespace of the route.
   *
   * @default - what answers elsewhere
   */
  readonly endpoint?: Endpoint;
}

/** Largest request, MB: prompts with attached documents. */
const LARGEST_REQUEST = 50;

/**
 * Publishes paths of a service on the public gateway: over HTTPS alone, limited in size and number, with answers that
 * arrive as they are written. Also lets the gateway's proxies reach the service.
 */
export class PublicRoute extends Construct {
  /**
   * @throws RangeError if an endpoint is in another namespace than the route
   */
  constructor(scope: Construct, name: string, props: PublicRouteProps) {
    super(scope, `route-${name}`);

    const { gateway, endpoint, paths, timeouts, rateLimit, plugins: further = [], annotations = {} } = props;

    const endpoints = new Set([endpoint, ...paths.flatMap((path) => path.endpoint ?? [])]);
    for (const { host } of endpoints) {
      if (!host.startsWith(`${serviceOf({ host })}.${Chart.of(this).namespace}.`)) {
        throw new RangeError(`Cannot publish "${host}" as a route reaches its own namespace only: define it in the app of that service`);
      }
    }

    const limit = rateLimit instanceof RateLimiting ? rateLimit : new RateLimiting(this, `${name}-rate-limit`, gateway, rateLimit);
    const plugins = { rateLimit: limit.plugin, requestSize: `${name}-request-size` };
    new KongPlugin(this, 'request-size', {
      metadata: { name: plugins.requestSize, annotations: { ...beforeWorkloads, ...fromAddon } },
      plugin: 'request-size-limiting',
      config: { allowed_payload_size: LARGEST_REQUEST, size_unit: 'megabytes' },
    });

    new HttpRoute(this, 'route', {
      metadata: {
        name,
        annotations: {
          ...routes,
          ...fromAddon,
          ...httpsOnly,
          ...unbuffered,
          ...annotations,
          'konghq.com/plugins': [...further, ...Object.values(plugins)].join(','),
        },
      },
      spec: {
        parentRefs: parentsOf(gateway),
        hostnames: [...gateway.hosts],
        // Kong's controller knows one timeout per route and no other kind.
        rules: [...endpoints].flatMap((backend) =>
          rulesOf(paths.filter((path) => (path.endpoint ?? endpoint) === backend)).map((rule) => ({
            ...rule,
            backendRefs: [{ name: serviceOf(backend), port: backend.port }],
            timeouts: { backendRequest: `${timeouts.publicGateway}s` },
          })),
        ),
      },
    });

    for (const backend of endpoints) connect(gateway.proxies, backend);
  }
}

/** The rules of one backend. A rule that rewrites may match one path only; the others share a rule. */
function rulesOf(paths: readonly RoutePath[]): HttpRouteSpecRules[] {
  const asSent = paths.filter(({ replaceWith }) => replaceWith === undefined);
  const rewritten = paths.flatMap(({ prefix, replaceWith }) => (replaceWith === undefined ? [] : [{ prefix, replaceWith }]));

  return [
    ...(asSent.length === 0 ? [] : [{ matches: asSent.map(matching) }]),
    ...rewritten.map(({ prefix, replaceWith }) => ({
      matches: [matching({ prefix })],
      filters: [
        {
          type: HttpRouteSpecRulesFiltersType.URL_REWRITE,
          urlRewrite: { path: { type: Replace.REPLACE_PREFIX_MATCH, replacePrefixMatch: replaceWith } },
        },
      ],
    })),
  ];
}

function matching({ prefix }: RoutePath): HttpRouteSpecRulesMatches {
  return { path: { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value: prefix } };
}

/** Routes name the Service that an endpoint's host begins with. */
function serviceOf({ host }: Pick<Endpoint, 'host'>): string {
  return host.slice(0, host.indexOf('.'));
}
