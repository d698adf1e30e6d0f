import type { Platform } from '../../regions/platform';
import { type Addon, controllerKinds, controllerRights, MUTATING, VALIDATING } from './addon';

/** One version of all parts: proxies understand the control plane of their own version best. */
const VERSION = '1.30.3';

/** What Istio calls platforms whose nodes keep network plugins elsewhere; it looks for the others by itself. */
const PLATFORMS: Readonly<Partial<Record<Platform['name'], string>>> = {
  gke: 'gke',
  k3s: 'k3s',
  microk8s: 'microk8s',
  minikube: 'minikube',
};

/** Encrypts traffic between members of the mesh on each node (ambient): pods get no sidecar, and need no rights for one. */
export function istio({ name }: Platform): readonly Addon[] {
  const platform = PLATFORMS[name];
  const global = platform === undefined ? {} : { global: { platform } };
  const part = (chart: string, values: object, installs: Partial<Addon['installs']> = {}): Addon => ({
    name: chart === 'base' ? 'istio-base' : chart.replace('cni', 'istio-cni'),
    namespace: 'istio-system',
    source: {
      kind: 'chart',
      repository: 'https://istio-release.storage.googleapis.com/charts',
      chart,
      version: VERSION,
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

const NODE = { kinds: [...controllerKinds, 'apps/DaemonSet', 'ResourceQuota'] };

const GROUPS = ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io'];
