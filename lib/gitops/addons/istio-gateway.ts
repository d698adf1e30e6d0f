import { PLATFORM } from '../../kubernetes/priority';
import type { Platform } from '../../regions/platform';
import type { NodePool } from '../../regions/region';
import { INGRESS_GATEWAY, ISTIO_INGRESS, ingressPods, ingressPorts } from '../../routing/istio-gateway';
import { placed, spread } from '../../workloads/placement';
import { type Addon, controllerKinds } from './addon';
import { ISTIO_CHARTS, ISTIO_VERSION } from './istio';
import { balancerAnnotations, forgetSeconds } from './load-balancer';

/** Port of the node where a developer's cluster has one address alone: Kong has its ports 80 and 443. */
const NODE_PORT = 30843;

/** Properties for `istioGateway`. */
export interface IstioGatewayProps {
  readonly replicas: number;

  /** Whether a load balancer or a port of the nodes leads to it. */
  readonly published: boolean;

  /** The longest that one request may take, seconds: a proxy that stops lets it finish. */
  readonly longestRequestSeconds: number;

  readonly platform: Platform;

  /** Nodes that it runs on where there is room. */
  readonly nodes: NodePool;
}

/**
 * Istio's gateway: Envoy proxies of the mesh's own version, which Istio completes as it admits them. They speak with members of the mesh
 * through the tunnel and are none themselves, so that nothing stands between them and their clients.
 */
export function istioGateway({ replicas, published, longestRequestSeconds, platform, nodes }: IstioGatewayProps): Addon {
  const forget = forgetSeconds(platform, published);
  return {
    name: 'istio-gateway',
    namespace: ISTIO_INGRESS,
    source: {
      kind: 'chart',
      repository: ISTIO_CHARTS,
      chart: 'gateway',
      version: ISTIO_VERSION,
      release: INGRESS_GATEWAY,
      values: {
        replicaCount: replicas,
        autoscaling: { enabled: false },
        service: serviceOf(platform, published, longestRequestSeconds),
        // The chart's own, and what the restricted standard asks for beside it.
        securityContext: {
          sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
          seccompProfile: { type: 'RuntimeDefault' },
        },
        resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '2', memory: '512Mi' } },
        // It goes on while the load balancer may send it connections, then as long as there are any; kubelet ends it in the end.
        podAnnotations: { 'proxy.istio.io/config': JSON.stringify({ drainDuration: `${forget}s` }) },
        env: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true', MINIMUM_DRAIN_DURATION: `${forget}s` },
        terminationGracePeriodSeconds: forget + longestRequestSeconds + 5,
        // One proxy more before there is one fewer.
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        // A budget for a single proxy would only keep its node from being drained.
        ...(replicas > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {}),
        priorityClassName: PLATFORM,
        ...spread(ingressPods),
        ...placed({ pool: nodes }),
      },
    },
    installs: { kinds: [...controllerKinds, 'policy/PodDisruptionBudget'], clusterKinds: [], definitions: [] },
  };
}

/** Two ports, without that of its health, which the chart would publish as well. `Local` keeps the addresses of clients, for its logs. */
function serviceOf({ loadBalancer }: Platform, published: boolean, longestRequestSeconds: number): object {
  const { http, https } = ingressPorts;
  const ports = (nodePort?: number) => [
    { name: 'http2', port: http, protocol: 'TCP', targetPort: http },
    { name: 'https', port: https, protocol: 'TCP', targetPort: https, ...(nodePort === undefined ? {} : { nodePort }) },
  ];
  if (!published) return { type: 'ClusterIP', ports: ports() };
  if (loadBalancer.kind === 'cloud' || loadBalancer.kind === 'metallb') {
    const annotations = loadBalancer.kind === 'cloud' ? { annotations: balancerAnnotations(loadBalancer, longestRequestSeconds) } : {};
    return { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: ports(), ...annotations };
  }
  return { type: 'NodePort', ports: ports(NODE_PORT) };
}
