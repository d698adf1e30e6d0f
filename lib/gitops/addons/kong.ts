import { MESH_MEMBER } from '../../kubernetes/mesh';
import { PLATFORM } from '../../kubernetes/priority';
import type { Platform } from '../../regions/platform';
import type { NodePool } from '../../regions/region';
import type { Image } from '../../releases/images';
import { type DataPlane, EDGE, kongPorts, proxyPods, publicKong } from '../../routing/kong';
import { placed } from '../../workloads/placement';
import { type Addon, controllerKinds, controllerRights } from './addon';
import { balancerAnnotations, forgetSeconds } from './load-balancer';

/** Port of the node under which a developer's cluster is reached, with a load balancer of its own or without. */
const NODE_PORT = 30800;

/** Properties for `kong`. */
export interface KongProps {
  readonly plane: DataPlane;
  readonly image: Image;
  readonly replicas: number;

  /** Whether its pods are members of the mesh. */
  readonly meshed: boolean;

  /** Whether requests are spans of a trace. */
  readonly traced: boolean;

  /** Whether a load balancer or a port of the nodes leads to the public data plane. */
  readonly published: boolean;

  /** The longest that one request may take, seconds: a proxy that stops lets it finish. */
  readonly longestRequestSeconds: number;

  readonly platform: Platform;

  /** Nodes that it runs on where there is room. */
  readonly nodes: NodePool;
}

/**
 * One of Kong's data planes: proxies, each with a controller beside it that turns Gateway API objects into its configuration.
 *
 * The chart binds the admin API to the pod's own loopback address, where only that controller is, and gives the token of
 * the API server to the controller's container alone: whoever takes over a proxy finds neither.
 */
export function kong({ plane, image, replicas, meshed, traced, published, longestRequestSeconds, platform, nodes }: KongProps): Addon {
  const { name, controllerName } = plane;
  const isPublic = plane === publicKong;
  const forget = forgetSeconds(platform, isPublic && published);
  return {
    name,
    namespace: EDGE,
    source: {
      kind: 'chart',
      repository: 'https://charts.konghq.com',
      chart: 'kong',
      version: '3.2.0',
      release: name,
      // The data planes share Kong's kinds: the public one brings them.
      ...(isPublic ? {} : { skipCrds: true }),
      values: {
        image: { repository: image.repository, tag: tagOf(image), effectiveSemver: image.tag },
        replicaCount: replicas,
        podLabels: { ...proxyPods(plane), ...(meshed ? MESH_MEMBER : {}) },
        priorityClassName: PLATFORM,
        env: { ...configuration, ...(traced ? tracing : {}) },
        // The admin interface for people.
        manager: { enabled: false },
        status: { http: { containerPort: kongPorts.status } },
        proxy: isPublic ? publicProxy(platform, published, longestRequestSeconds) : internalProxy,
        ingressController: {
          image: { repository: 'docker.io/kong/kubernetes-ingress-controller', tag: '3.5.13' },
          ingressClass: name,
          env: { gateway_api_controller_name: controllerName, anonymous_reports: 'false' },
          // Its certificate would be made anew at every rendering, and what it checks was checked before it reached Git.
          admissionWebhook: { enabled: false },
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } },
        },
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
        lifecycle: { preStop: { exec: { command: ['kong', 'quit', `--wait=${forget}`, `--timeout=${longestRequestSeconds}`] } } },
        terminationGracePeriodSeconds: forget + longestRequestSeconds + 5,
        // One proxy more before there is one fewer: a release never serves with half a gateway.
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        // A budget for a single proxy would only keep its node from being drained.
        podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
        topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((key) => spread(key, plane)),
        ...placed({ pool: nodes }),
      },
    },
    installs: {
      kinds: [...controllerKinds, 'policy/PodDisruptionBudget'],
      clusterKinds: [...controllerRights, 'networking.k8s.io/IngressClass'],
      definitions: isPublic ? ['configuration.konghq.com', 'incubator.ingress-controller.konghq.com'] : [],
    },
  };
}

/** What is told of each request, in variables of nginx. */
const ACCESS_LOG = {
  time: '$time_iso8601',
  request_id: '$http_x_request_id',
  client: '$remote_addr',
  host: '$host',
  method: '$request_method',
  path: '$uri',
  status: '$status',
  bytes: '$body_bytes_sent',
  seconds: '$request_time',
  upstream_seconds: '$upstream_response_time',
};

/** `kong.conf`. No proxy stands before the load balancers, so nobody's `X-Forwarded-For` is believed. */
const configuration = {
  anonymous_reports: 'off',
  admin_gui_listen: 'off',
  // Largest body of a request: an upload to a chat.
  nginx_http_client_max_body_size: '50m',
  // Seconds. Servers in Python and Node.js close idle connections after five; whoever sends on one at that moment gets an error for it.
  upstream_keepalive_idle_timeout: '3',
  // One object a request, which nobody has to take apart. Paths without their queries, which may hold what users search for.
  nginx_http_log_format: `requests escape=json '${JSON.stringify(ACCESS_LOG)}'`,
  proxy_access_log: '/dev/stdout requests',
};

/** A span for each request; how many of them are sent is said by the plugin, how many are kept by the collector. */
const tracing = { tracing_instrumentations: 'request', tracing_sampling_rate: '1' };

/** Where the world reaches the platform. `Local` keeps the addresses of clients, by which their rate is limited. */
function publicProxy({ loadBalancer }: Platform, published: boolean, longestRequestSeconds: number): object {
  const nameOverride = 'kong-gateway-service';
  if (!published) return { nameOverride, type: 'ClusterIP' };
  const http = { nodePort: NODE_PORT };
  if (loadBalancer.kind === 'node-port') return { nameOverride, type: 'NodePort', http };
  const how = loadBalancer.kind === 'cloud' ? { annotations: balancerAnnotations(loadBalancer, longestRequestSeconds) } : { http };
  return { nameOverride, type: 'LoadBalancer', externalTrafficPolicy: 'Local', ...how };
}

/** Calls to models stay within the cluster; the certificate of the world has no business there. */
const internalProxy = { nameOverride: 'kong-internal-gateway-service', type: 'ClusterIP', tls: { enabled: false } };

/** The chart joins repository and tag, so a digest travels behind the tag. */
const tagOf = ({ tag, digest }: Image): string => (digest === undefined ? tag : `${tag}@${digest}`);

const spread = (topologyKey: string, plane: DataPlane): object => ({
  topologyKey,
  maxSkew: 1,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: proxyPods(plane) },
});
