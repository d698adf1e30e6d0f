import type { Platform } from '../../regions/platform';
import { type Addon, controllerKinds, controllerRights, MUTATING, VALIDATING } from './addon';

/** One version of all parts: proxies understand the control plane of their own version best. */
export const ISTIO_VERSION = '1.30.3';
export const ISTIO_CHARTS = 'https://istio-release.storage.googleapis.com/charts';

/** What Istio calls platforms whose nodes keep network plugins elsewhere; it looks for the others by itself. */
const PLATFORMS: Readonly<Partial<Record<Platform['name'], string>>> = {
  gke: 'gke',
  k3s: 'k3s',
  microk8s: 'microk8s',
  minikube: 'minikube',
};

/**
 * Encrypts traffic between members of the mesh on each node (ambient): pods get no sidecar, and need no rights for one.
 *
 * @param logged whether there is a gateway of Istio's, whose requests are logged
 */
export function istio({ name }: Platform, logged: boolean): readonly Addon[] {
  const platform = PLATFORMS[name];
  const global = platform === undefined ? {} : { global: { platform } };
  const part = (chart: string, values: object, installs: Partial<Addon['installs']> = {}): Addon => ({
    name: chart === 'base' ? 'istio-base' : chart.replace('cni', 'istio-cni'),
    namespace: 'istio-system',
    source: {
      kind: 'chart',
      repository: ISTIO_CHARTS,
      chart,
      version: ISTIO_VERSION,
      release: chart === 'base' ? 'istio-base' : chart.replace('cni', 'istio-cni'),
      values: { ...global, ...values },
    },
    installs: { kinds: controllerKinds, clusterKinds: controllerRights, definitions: [], ...installs },
  });

  return [
    part('base', {}, { clusterKinds: [...controllerRights, VALIDATING], definitions: GROUPS }),
    part(
      'istiod',
      {
        profile: 'ambient',
        autoscaleMin: 2, // without it no pod of the mesh starts
        resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
        ...(logged ? { meshConfig: accessLog } : {}),
      },
      {
        kinds: [...controllerKinds, 'autoscaling/HorizontalPodAutoscaler', 'policy/PodDisruptionBudget'],
        clusterKinds: [...controllerRights, MUTATING, VALIDATING],
      },
    ),
    part('cni', { profile: 'ambient' }, NODE),
    part('ztunnel', { resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } } }, NODE),
  ];
}

/** What is told of each request, in operators of Envoy, under the names that Kong's log has. Paths without their queries. */
const ACCESS_LOG = {
  time: '%START_TIME%',
  request_id: '%REQ(X-REQUEST-ID)%',
  client: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
  host: '%REQ(:AUTHORITY)%',
  method: '%REQ(:METHOD)%',
  path: '%PATH(NQ:ORIG_OR_PATH)%',
  status: '%RESPONSE_CODE%',
  bytes: '%BYTES_SENT%',
  milliseconds: '%DURATION%',
  upstream_milliseconds: '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%',
  why: '%RESPONSE_CODE_DETAILS%',
};

/** One object a request, which nobody has to take apart. */
const accessLog = { accessLogFile: '/dev/stdout', accessLogEncoding: 'JSON', accessLogFormat: JSON.stringify(ACCESS_LOG) };

const NODE = { kinds: [...controllerKinds, 'apps/DaemonSet', 'ResourceQuota'] };

const GROUPS = ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io'];
