import { clusterOf, type Target } from '../../environments/environment';
import { type AddonNamespace, addonNamespaces } from '../../kubernetes/namespaces';
import { weighedServers } from '../../llm/llm-settings';
import type { Image } from '../../releases/images';
import { dataPlanes } from '../../routing/kong';
import { requestTimeouts } from '../../routing/request-timeouts';
import type { Addon } from './addon';
import { certManager } from './cert-manager';
import { cloudNativePg } from './cloudnative-pg';
import { externalDns } from './external-dns';
import { externalSecrets } from './external-secrets';
import { flagger } from './flagger';
import { gatewayApi } from './gateway-api';
import { gpuOperator } from './gpu-operator';
import { kong } from './kong';
import { metallb } from './metallb';
import { lacksMetricsServer, metricsServer } from './metrics-server';
import { prometheusAdapter } from './prometheus-adapter';
import { prometheusStack } from './prometheus-stack';

/** Images of addons that are pinned as ours are; all others belong to their charts. */
export interface AddonImages {
  readonly kong: Image;
}

/** Namespaces that exist for addons alone, each once. */
export function addonNamespacesOf(addons: readonly Addon[]): readonly AddonNamespace[] {
  const names = new Set<string>(addons.map(({ namespace }) => namespace));
  return (Object.keys(addonNamespaces) as AddonNamespace[]).filter((name) => names.has(name));
}

/** Seconds that a request may take where no model answers. */
const WITHOUT_MODELS = 60;

/**
 * The addons of a target: what every target needs, then what only some do.
 *
 * @throws {RangeError} if the target asks for what its cloud cannot do
 */
export function addonsOf(target: Target, images: AddonImages): readonly Addon[] {
  const { environment, region, edge, llm, monitoring } = target;
  const { platform, cloud, cpuPool: nodes } = region;
  const vllm = llm?.engine === 'vllm' ? llm : undefined;
  const longestRequestSeconds = requestTimeouts(llm?.longestAnswerSeconds ?? WITHOUT_MODELS).publicGateway;

  const addons = [
    certManager,
    externalSecrets,
    cloudNativePg,
    prometheusStack({ labels: { environment, region: region.name }, settings: monitoring, platform }),
    ...dataPlanes(weighedServers(llm)).map((plane) =>
      kong({ plane, image: images.kong, replicas: edge.replicas, longestRequestSeconds, platform, nodes }),
    ),
  ];
  // Google installs the Gateway API in its clusters, and takes back what others change about it.
  if (platform.name !== 'gke') addons.push(gatewayApi);
  if (lacksMetricsServer(platform)) addons.push(metricsServer(platform));
  if (platform.loadBalancer.kind === 'metallb') addons.push(metallb);
  if (edge.globalHost !== undefined) addons.push(externalDns({ host: edge.globalHost, cluster: clusterOf(target), cloud }));
  // What scales engines and releases them has nothing to do where their pods are counted and replaced.
  if (vllm !== undefined) {
    if (vllm.release.kind !== 'rolling') addons.push(prometheusAdapter, flagger(clusterOf(target)));
    if (platform.devicePlugin === 'operator' && region.gpuPool !== undefined) addons.push(gpuOperator(region.gpuPool));
  }
  return addons;
}
