import { clusterOf, type Target } from '../../environments/environment';
import { type AddonNamespace, addonNamespaces } from '../../kubernetes/namespaces';
import { weighedServers } from '../../llm/llm-settings';
import type { MonitoringSettings } from '../../monitoring/monitoring-settings';
import type { Image } from '../../releases/images';
import { type DataPlane, dataPlanes, publicKong } from '../../routing/kong';
import { clientTimeouts, requestTimeouts, serverTimeouts } from '../../routing/request-timeouts';
import type { Addon } from './addon';
import { certManager } from './cert-manager';
import { cloudNativePg } from './cloudnative-pg';
import { dcgmExporter } from './dcgm-exporter';
import { externalDns } from './external-dns';
import { externalSecrets } from './external-secrets';
import { flagger } from './flagger';
import { gatewayApi } from './gateway-api';
import { gpuOperator } from './gpu-operator';
import { istio } from './istio';
import { istioGateway } from './istio-gateway';
import { knativeOperator } from './knative-operator';
import { kong } from './kong';
import { kserve, kserveCrds } from './kserve';
import { kyverno } from './kyverno';
import { metallb } from './metallb';
import { lacksMetricsServer, metricsServer } from './metrics-server';
import { prometheusAdapter } from './prometheus-adapter';
import { prometheusOperatorCrds } from './prometheus-operator-crds';
import { prometheusStack } from './prometheus-stack';
import { velero } from './velero';
import { verticalPodAutoscaler } from './vertical-pod-autoscaler';

/** Images of addons that are pinned as ours are; all others belong to their charts. */
export interface AddonImages {
  readonly kong: Image;
}

/** Namespaces that exist for addons alone, each once. */
export function addonNamespacesOf(addons: readonly Addon[]): readonly AddonNamespace[] {
  const names = new Set<string>(addons.flatMap(({ namespace, installs }) => [namespace, ...(installs.alsoIn ?? [])]));
  return (Object.keys(addonNamespaces) as AddonNamespace[]).filter((name) => names.has(name));
}

/** The environment that nobody may leave unwatched. */
const PRODUCTION = 'prod';

/** Seconds that a request may take where no model answers. */
const WITHOUT_MODELS = 60;

/**
 * The addons of a target: what every target needs, then what only some do.
 *
 * @throws {RangeError} if the target asks for what its cloud cannot do, or goes without the monitoring that it needs
 */
export function addonsOf(target: Target, images: AddonImages): readonly Addon[] {
  const { region, foundation, edge, llm, ml, mesh, backup } = target;
  const { platform, cloud, cpuPool: nodes, systemPool } = region;
  const monitoring = monitoringOf(target);
  const vllm = llm?.engine === 'vllm' ? llm : undefined;
  const published = edge.reachedBy !== 'cluster';
  const behind = requestTimeouts(llm?.longestAnswerSeconds ?? WITHOUT_MODELS);
  const throughIstio = ml?.exposure === 'istio-gateway';
  // Whoever calls models is a member of their mesh.
  const calledBy = (plane: DataPlane) => mesh !== undefined && plane === publicKong && !throughIstio;
  const longestRequestSeconds = clientTimeouts(behind, servicesOnTheWay(target)).publicGateway;

  const addons = [
    certManager,
    externalSecrets,
    cloudNativePg,
    prometheusOperatorCrds,
    ...dataPlanes(weighedServers(llm)).map((plane) =>
      kong({
        ...{ plane, image: images.kong, replicas: edge.replicas, meshed: calledBy(plane), published },
        ...{ longestRequestSeconds, platform, nodes, traced: monitoring?.tracing !== undefined && plane === publicKong },
      }),
    ),
  ];
  if (monitoring !== undefined) addons.push(prometheusStack(systemPool));
  // Google installs the Gateway API in its clusters, and takes back what others change about it.
  if (platform.name !== 'gke') addons.push(gatewayApi);
  if (lacksMetricsServer(platform)) addons.push(metricsServer(platform));
  if (platform.loadBalancer.kind === 'metallb') addons.push(metallb);
  if (edge.globalHost !== undefined) {
    const appHosts = Object.values(edge.appHosts ?? {}).flat();
    addons.push(externalDns({ host: edge.globalHost, appHosts, cluster: clusterOf(target), cloud, throughIstio }));
  }
  if (backup !== undefined) addons.push(velero(region, clusterOf(target)));
  // What scales engines and releases them has nothing to do where their pods are counted and replaced.
  if (vllm !== undefined) {
    if (vllm.release.kind !== 'rolling') addons.push(prometheusAdapter(systemPool), flagger(clusterOf(target)));
    if (platform.devicePlugin === 'operator' && region.gpuPool !== undefined) addons.push(gpuOperator(region.gpuPool));
    // The operator brings an exporter of its own, and so does Google.
    if (monitoring !== undefined && platform.devicePlugin === 'daemonset' && region.gpuPool !== undefined)
      addons.push(dcgmExporter(region.gpuPool));
  }
  if (target.recommendSizes === true) addons.push(verticalPodAutoscaler(systemPool));
  if (foundation.admission !== undefined) addons.push(kyverno(cloud, foundation.admission));
  if (mesh !== undefined) addons.push(...istio(platform, throughIstio));
  if (ml !== undefined && throughIstio) {
    const longest = serverTimeouts(ml.longestAnswerSeconds).publicGateway;
    addons.push(istioGateway({ replicas: edge.replicas, published, longestRequestSeconds: longest, platform, nodes }));
  }
  if (ml?.mode === 'Knative') addons.push(knativeOperator);
  if (ml !== undefined) addons.push(kserveCrds, kserve(ml.mode));
  return addons;
}

/** Services of ours that a request passes at most between the public gateway and LiteLLM: CodeLab's gateway and agents, or the chat. */
function servicesOnTheWay({ codelab, kiva }: Target): number {
  if (codelab !== undefined) return 2;
  return kiva === undefined ? 0 : 1;
}

/** The monitoring of a target. Production has it, and so has whatever asks it how engines do. */
function monitoringOf({ environment, region, llm, monitoring }: Target): MonitoringSettings | undefined {
  if (monitoring !== undefined) return monitoring;
  const [server] = weighedServers(llm);
  const needs = server === undefined ? undefined : `the autoscaler and the releases of "${server}" are decided by its metrics`;
  const reason = environment === PRODUCTION ? 'production is watched' : needs;
  if (reason === undefined) return undefined;
  throw new RangeError(`Cannot leave out monitoring of "${environment}/${region.name}" as ${reason}: give the target monitoring settings`);
}
