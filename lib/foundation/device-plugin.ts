import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { exception } from '../kubernetes/exception';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import type { GpuPool, Taint } from '../regions/region';

/** Properties for `DevicePlugin`. */
export interface DevicePluginProps {
  readonly pool: GpuPool;
  readonly image: string;
}

const NAME = 'nvidia-device-plugin-daemonset';
const NAMESPACE = 'kube-system';

/** Where kubelet looks for plugins. */
const PLUGINS = '/var/lib/kubelet/device-plugins';

/** NVIDIA's own taint, which providers put on GPU nodes unasked. */
const GPU_TAINT: Taint = { key: 'nvidia.com/gpu', effect: 'NoSchedule' };

const RESTRICTED_EXCEPTION = {
  owner: 'platform team',
  reason: 'it registers with kubelet over a socket in a folder of the node that belongs to root',
  until: '2027-11-30',
};

const DENY_EXCEPTION = {
  owner: 'platform team',
  reason: 'kube-system belongs to the cluster; a policy denies these pods all traffic, of which they need none',
  until: '2027-11-30',
};

/** NVIDIA's device plugin on every GPU node: without it no node offers `nvidia.com/gpu`. */
export class DevicePlugin extends Construct {
  constructor(scope: Construct, { pool, image }: DevicePluginProps) {
    super(scope, NAME);

    new k8s.KubeNetworkPolicy(this, 'deny', {
      metadata: { name: NAME, namespace: NAMESPACE, annotations: beforeWorkloads },
      spec: { podSelector: { matchLabels: stablePods(NAME) }, policyTypes: ['Ingress', 'Egress'] },
    });

    new k8s.KubeDaemonSet(this, 'daemon-set', {
      metadata: {
        name: NAME,
        namespace: NAMESPACE,
        labels: podLabels(NAME),
        annotations: { ...exception('restricted-pods', RESTRICTED_EXCEPTION), ...exception('default-deny', DENY_EXCEPTION) },
      },
      spec: {
        selector: { matchLabels: selectorOf(NAME) },
        // One node at a time: pods that run keep their GPUs, but new ones wait for the plugin.
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(1) } },
        template: { metadata: { labels: podLabels(NAME) }, spec: podSpec(pool, image) },
      },
    });
  }
}

function podSpec({ labels, taints }: GpuPool, image: string): k8s.PodSpec {
  const all = taints.some(({ key }) => key === GPU_TAINT.key) ? taints : [...taints, GPU_TAINT];
  return {
    priorityClassName: 'system-node-critical',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { ...labels },
    tolerations: all.map(({ key, effect }) => ({ key, operator: 'Exists', effect })),
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'nvidia-device-plugin-ctr',
        image,
        // A node whose driver is not ready yet offers no GPU, instead of a pod that restarts.
        env: [{ name: 'FAIL_ON_INIT_ERROR', value: 'false' }],
        resources: {
          requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('64Mi') },
          limits: { memory: k8s.Quantity.fromString('256Mi') },
        },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'device-plugin', mountPath: PLUGINS }],
      },
    ],
    volumes: [{ name: 'device-plugin', hostPath: { path: PLUGINS, type: 'Directory' } }],
  };
}
