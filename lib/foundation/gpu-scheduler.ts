import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { exception } from '../kubernetes/exception';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { GPU_SCHEDULER as NAME } from '../kubernetes/scheduler';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import type { Region } from '../regions/region';
import type { Image } from '../releases/images';
import { allowApiServer } from '../security/connect';
import { configurationChecksum } from '../workloads/configuration-checksum';
import { schedulerConfiguration } from './scheduler-configuration';
import { schedulerPod } from './scheduler-pod';

/** Properties for `GpuScheduler`. */
export interface GpuSchedulerProps {
  readonly region: Region;

  /** Kubernetes' own scheduler. */
  readonly image: Image;
}

const NAMESPACE = 'kube-system';

/** Roles of every cluster: what a scheduler may do, and what one may that places volumes. */
const ROLES = ['kube-scheduler', 'volume-scheduler'] as const;

const OWNER = { owner: 'platform team', until: '2027-11-30' };

const TOKEN_EXCEPTION = { ...OWNER, reason: 'a scheduler reads pods and nodes from the API server, and binds one to the other' };
const DENY_EXCEPTION = { ...OWNER, reason: 'kube-system belongs to the cluster; policies deny these pods all but the API server' };

/**
 * A second scheduler, for pods with GPUs alone: it fills a node before it begins the next, so that nodes become free as a whole and
 * can go. Managed clusters do not let their own be configured. Both never place pods on the same nodes but for daemons: GPU nodes are tainted.
 *
 * While none of its replicas runs, pods that run go on, and new ones wait.
 */
export class GpuScheduler extends Construct {
  /**
   * @throws RangeError if the region has no GPUs, or the scheduler is of another minor version than its cluster
   */
  constructor(scope: Construct, { region, image }: GpuSchedulerProps) {
    super(scope, NAME);

    refuseUnfit(region, image);
    const metadata = { name: NAME, namespace: NAMESPACE, annotations: beforeWorkloads };
    const files = { 'config.yaml': schedulerConfiguration(NAME, NAMESPACE) };

    new k8s.KubeConfigMap(this, 'config', { metadata, data: files });
    new k8s.KubeServiceAccount(this, 'account', { metadata, automountServiceAccountToken: false });
    this.grant(metadata);
    this.fence();

    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name: NAME, namespace: NAMESPACE },
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: stablePods(NAME) } },
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: {
        name: NAME,
        namespace: NAMESPACE,
        labels: podLabels(NAME),
        annotations: { ...exception('no-token-mounted', TOKEN_EXCEPTION), ...exception('default-deny', DENY_EXCEPTION) },
      },
      spec: {
        replicas: 2, // one schedules, the other takes over
        revisionHistoryLimit: 3,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
        },
        selector: { matchLabels: selectorOf(NAME) },
        template: {
          metadata: { labels: podLabels(NAME), annotations: configurationChecksum(files) },
          spec: schedulerPod(NAME, { image: image.reference, pool: region.systemPool }),
        },
      },
    });
  }

  private grant(metadata: k8s.ObjectMeta): void {
    const subjects = [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }];
    const apiGroup = 'rbac.authorization.k8s.io';

    for (const role of ROLES) {
      new k8s.KubeClusterRoleBinding(this, role, {
        metadata: { name: `${NAME}-as-${role}`, annotations: beforeWorkloads },
        roleRef: { apiGroup, kind: 'ClusterRole', name: `system:${role}` },
        subjects,
      });
    }

    // The cluster's role knows the lease of the cluster's own scheduler only.
    new k8s.KubeRole(this, 'role', {
      metadata,
      rules: [
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [NAME], verbs: ['get', 'update'] },
      ],
    });
    new k8s.KubeRoleBinding(this, 'binding', { metadata, roleRef: { apiGroup, kind: 'Role', name: NAME }, subjects });
  }

  private fence(): void {
    allowApiServer({ name: NAME, namespace: NAMESPACE, pods: stablePods(NAME), scope: this });
    new k8s.KubeNetworkPolicy(this, 'deny', {
      metadata: { name: NAME, namespace: NAMESPACE, annotations: beforeWorkloads },
      spec: { podSelector: { matchLabels: stablePods(NAME) }, policyTypes: ['Ingress'] },
    });
  }
}

function refuseUnfit({ name, gpuPool, kubernetes }: Region, { tag }: Image): void {
  if (gpuPool === undefined) {
    throw new RangeError(`Cannot pack GPUs in "${name}" as the region has none: take packGpus out of the foundation's settings`);
  }
  const minor = /^v(\d+\.\d+)\.\d+$/.exec(tag)?.[1];
  if (kubernetes === undefined || kubernetes !== minor) {
    throw new RangeError(
      `Cannot run kube-scheduler "${tag}" in "${name}" as ${kubernetes === undefined ? "nobody states its cluster's Kubernetes" : `its cluster runs Kubernetes ${kubernetes}`}: ` +
        "state the region's kubernetes, and pin an image of that minor version for it",
    );
  }
}
