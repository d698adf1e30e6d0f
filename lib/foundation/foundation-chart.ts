import type { App } from 'cdk8s';

import { AppChart } from '../kubernetes/app-chart';
import type { Endpoint } from '../kubernetes/endpoint';
import type { AddonNamespace, OwnNamespace } from '../kubernetes/namespaces';
import type { LogDestination } from '../observability/logs';
import type { NodePool, Region } from '../regions/region';
import type { Image, ImageName } from '../releases/images';
import { ISTIO_INGRESS } from '../routing/istio-gateway';
import type { DataPlane } from '../routing/kong';
import type { TlsSettings } from '../routing/tls-settings';
import type { SecretStore } from '../security/secret-store';
import { AddressPool } from './address-pool';
import { AdmissionPolicies } from './admission-policies';
import { CaStore } from './ca-store';
import { DataPlaneClass } from './data-plane-class';
import { DefaultDeny } from './default-deny';
import { DevicePlugin } from './device-plugin';
import type { FoundationSettings, NamespaceQuota } from './foundation-settings';
import { GpuScheduler } from './gpu-scheduler';
import { defineIssuer } from './issuers';
import { defineKnativeServing } from './knative-serving';
import { AGENTS, LogCollector } from './log-collector';
import { NamespaceLimits } from './namespace-limits';
import { defineAddonNamespaces, defineOwnNamespaces } from './namespaces';
import { PlatformStore } from './platform-store';
import { definePriorityClasses } from './priority-classes';
import { definePrometheusRights } from './prometheus-rights';
import { definePullSecrets } from './pull-secrets';
import { ServiceReader } from './service-reader';
import { Storage } from './storage';

/** Properties for `FoundationChart`. */
export interface FoundationChartProps {
  readonly region: Region;
  readonly settings: FoundationSettings;
  readonly store: SecretStore;

  /** Namespaces of the addons that Argo CD installs on the target. */
  readonly addons: readonly AddonNamespace[];

  /** Data planes of Kong that run on the target. */
  readonly dataPlanes: readonly DataPlane[];

  readonly tls: TlsSettings;

  /** Every host of the public gateway. */
  readonly hosts: readonly string[];

  /**
   * Where logs of all containers are written.
   *
   * @default - nobody keeps them
   */
  readonly logs?: LogDestination | undefined;

  /**
   * Where gateways send spans, by OTLP over HTTP.
   *
   * @default - nothing is traced
   */
  readonly traces?: Endpoint | undefined;

  /** Whether models are Services of Knative. */
  readonly knative: boolean;

  /** Whether there is a mesh. */
  readonly meshed: boolean;

  /** A pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => Image;
}

/** Namespaces of addons whose own Secrets come from the platform's store. */
const ADDONS_WITH_SECRETS: readonly AddonNamespace[] = ['cert-manager'];

/**
 * What every other app of a target stands on: namespaces and their limits, storage, secret store, issuers, classes. Whatever
 * has no namespace is defined here and nowhere else, so that no other app needs the right to.
 *
 * Deployed into `kube-system`, which is there from the beginning; each object names the namespace it belongs to.
 */
export class FoundationChart extends AppChart {
  constructor(
    app: App,
    id: string,
    { region, settings, store, addons, dataPlanes, tls, hosts, logs, traces, knative, meshed, image }: FoundationChartProps,
  ) {
    super(app, id, 'kube-system');

    const { platform, gpuPool } = region;
    const quotas = Object.entries(settings.quotas) as [OwnNamespace, NamespaceQuota][];
    const own = quotas.map(([namespace]) => namespace);

    defineOwnNamespaces(this, own, platform, meshed);
    defineAddonNamespaces(this, addons, platform);
    definePriorityClasses(this);
    new Storage(this, region);
    // What the load balancer leads to is shut, whoever runs it.
    if (addons.includes(ISTIO_INGRESS)) new DefaultDeny(this, { namespace: ISTIO_INGRESS, nodeLocalDns: platform.nodeLocalDns });
    for (const [namespace, quota] of quotas) {
      new DefaultDeny(this, { namespace, nodeLocalDns: platform.nodeLocalDns });
      new NamespaceLimits(this, { namespace, quota, largest: largestNode(region, quota), accelerated: gpuPool !== undefined });
      new ServiceReader(this, namespace);
    }

    if (own.includes('monitoring') && addons.includes('monitoring-system')) definePrometheusRights(this);
    const agents = logs?.kind === 'elasticsearch' ? [AGENTS] : [];
    new PlatformStore(this, { region, namespaces: [...own, ...agents, ...ADDONS_WITH_SECRETS.filter((name) => addons.includes(name))] });
    if (platform.registryAccess === 'pull-secret') definePullSecrets(this, own, store);
    defineIssuer(this, { tls, hosts, store });
    if (tls.kind === 'internal-ca') new CaStore(this);

    if (logs !== undefined) new LogCollector(this, { image: image('otel-collector').reference, logs, store });
    const { admission } = settings;
    if (admission !== undefined) new AdmissionPolicies(this, 'admission', { settings: admission, namespaces: own, cloud: region.cloud });
    if (knative) defineKnativeServing(this);
    for (const plane of dataPlanes) new DataPlaneClass(this, plane, traces);
    if (platform.loadBalancer.kind === 'metallb') new AddressPool(this, region);
    if (platform.devicePlugin === 'daemonset' && gpuPool !== undefined)
      new DevicePlugin(this, { pool: gpuPool, image: image('nvidia-device-plugin').reference });
    if (settings.packGpus === true) new GpuScheduler(this, { region, image: image('kube-scheduler') });
  }
}

/** Pods that may have GPUs run on GPU nodes, the others on those of the request path. */
function largestNode({ name, cpuPool, gpuPool }: Region, { gpus = 0 }: NamespaceQuota): NodePool {
  if (gpus === 0) return cpuPool;
  if (gpuPool === undefined) {
    throw new RangeError(`Cannot grant ${gpus} GPUs in "${name}" as the region has none: take gpus out of the quota`);
  }
  return gpuPool;
}
