import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { restrictedPod } from '../security/restricted';
import { configurationChecksum } from './configuration-checksum';
import { CpuAutoscaler, type Utilization } from './cpu-autoscaler';
import { ownPod } from './own-pod';
import { type Placement, spread } from './placement';
import { leastReplicas, mostReplicas, type Scale } from './scale';
import { containerOf, defineConfiguration, type ServiceContainer, volumesOf } from './service-container';
import { probesOf, type ServiceProbes } from './service-probes';

/** Properties for `WebService`. */
export interface WebServiceProps {
  readonly namespace: string;
  readonly container: ServiceContainer;

  /** Ports of the pods; the Service has the same. Metrics may have one of their own, which a network policy can keep to Prometheus. */
  readonly ports: { readonly http: number; readonly metrics?: number };

  /**
   * Further ports, by name, for what is neither: `otlp`.
   *
   * @default - none
   */
  readonly morePorts?: Readonly<Record<string, number>>;

  readonly probes: ServiceProbes;
  readonly scale: Scale;

  /**
   * How busy replicas are before more of them are added, where they are scaled.
   *
   * @default - 80 % of the CPU that they request
   */
  readonly scaleAt?: Utilization;

  /** Longest time that one request may take, seconds: what a pod that stops still finishes. */
  readonly longestRequestSeconds: number;

  readonly placement: Placement;

  /**
   * Name, annotations and port of the Service.
   *
   * @default - the name of the Deployment, no annotations, and the port of the pods
   */
  readonly service?: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>>; readonly port?: number };

  /**
   * When in a sync it is there, as `lib/kubernetes/sync-wave.ts` orders.
   *
   * @default - with the workloads of the app
   */
  readonly wave?: Readonly<Record<string, string>>;
}

/** Seconds before the signal in which proxies learn that the pod goes. */
const ENDPOINTS_SETTLE_SECONDS = 10;

/** Seconds between the last answer and the kill. */
const GRACE_MARGIN_SECONDS = 10;

/** What a rollout may wait for a pod beyond its start: a new node and the image. */
const NODE_AND_IMAGE_SECONDS = 300;

/**
 * A stateless HTTP service: a Deployment with its configuration, Service, service account, budget for disruptions and,
 * where it scales, autoscaler. No request is lost when pods are replaced, and no pod goes before its successor is ready.
 */
export class WebService extends Construct {
  /** Where clients inside the cluster send requests. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  /** Where Prometheus reads metrics: a port of its own, or the one that serves requests. */
  public readonly metrics: Endpoint & { readonly scope: Construct };

  /**
   * @throws RangeError if several replicas share a claim that only one pod can mount
   */
  constructor(scope: Construct, name: string, props: WebServiceProps) {
    super(scope, name);

    const { namespace, container, ports, morePorts = {}, scale, scaleAt, service = {}, wave = {} } = props;
    const { name: serviceName = name, annotations = {}, port: servicePort = ports.http } = service;
    const servicePorts = { ...ports, ...morePorts, http: servicePort };
    const pods = stablePods(name);
    const labels = podLabels(name);

    defineConfiguration(this, name, container);

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name, annotations: beforeWorkloads },
      automountServiceAccountToken: false,
      imagePullSecrets: props.placement.imagePullSecrets.map((secret) => ({ name: secret })),
    });

    new k8s.KubeService(this, 'service', {
      metadata: { name: serviceName, labels, annotations: { ...wave, ...annotations } },
      spec: {
        selector: selectorOf(name),
        ports: Object.entries(servicePorts).map(([port, number]) => ({
          name: port,
          port: number,
          targetPort: k8s.IntOrString.fromString(port),
        })),
      },
    });

    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, labels, annotations: wave },
      spec: {
        ...(scale.kind === 'fixed' ? { replicas: scale.replicas } : {}),
        revisionHistoryLimit: 3,
        progressDeadlineSeconds: NODE_AND_IMAGE_SECONDS + props.probes.startupSeconds,
        strategy: strategyOf(name, props),
        selector: { matchLabels: selectorOf(name) },
        template: {
          metadata: { labels, annotations: configurationChecksum(container.configuration?.files ?? {}) },
          spec: podSpec(name, props),
        },
      },
    });

    if (scale.kind === 'auto') new CpuAutoscaler(this, name, { ...scale, ...(scaleAt === undefined ? {} : { utilization: scaleAt }) });

    // A budget for one replica would keep its node from ever being drained.
    if (leastReplicas(scale) > 1) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: pods } },
      });
    }

    const peer = { name, namespace, pods, scope: this, host: serviceHost(serviceName, namespace) };
    this.endpoint = { ...peer, port: servicePort, podPort: ports.http };
    this.metrics = ports.metrics === undefined ? this.endpoint : { ...peer, port: ports.metrics, podPort: ports.metrics };
  }
}

/** One pod after the other where they cannot share a volume; elsewhere no pod goes before its successor is ready. */
function strategyOf(name: string, { container, scale }: WebServiceProps): k8s.DeploymentStrategy {
  const alone = Object.values(container.shared ?? {}).find(({ accessMode }) => accessMode === 'ReadWriteOnce');
  if (alone === undefined) {
    return {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
    };
  }
  if (mostReplicas(scale) > 1) {
    throw new RangeError(
      `Cannot run "${mostReplicas(scale)}" replicas of ${name} as one pod at a time mounts "${alone.name}": run one, or on a platform whose shared storage is ReadWriteMany`,
    );
  }
  return { type: 'Recreate' };
}

/** Ports below 1024 belong to root; in the network of its own pod, no other user is refused them. */
function lowPort(port: number): Pick<k8s.PodSecurityContext, 'sysctls'> {
  return port < 1024 ? { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: `${port}` }] } : {};
}

function podSpec(
  name: string,
  { container, ports, morePorts = {}, probes, longestRequestSeconds, placement }: WebServiceProps,
): k8s.PodSpec {
  return {
    ...ownPod(name, container.user, placement),
    terminationGracePeriodSeconds: ENDPOINTS_SETTLE_SECONDS + longestRequestSeconds + GRACE_MARGIN_SECONDS,
    securityContext: { ...restrictedPod(container.user), ...lowPort(ports.http) },
    ...spread(selectorOf(name)),
    containers: [
      {
        ...containerOf(name, container),
        ports: Object.entries({ ...ports, ...morePorts }).map(([port, containerPort]) => ({ name: port, containerPort })),
        ...probesOf(probes),
        lifecycle: { preStop: { exec: { command: ['sleep', `${ENDPOINTS_SETTLE_SECONDS}`] } } },
      },
    ],
    volumes: volumesOf(name, container),
  };
}
