import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { OwnNamespace } from '../kubernetes/namespaces';
import { ground } from '../kubernetes/sync-wave';
import type { NodePool } from '../regions/region';
import { EDGE } from '../routing/kong';
import type { NamespaceQuota } from './foundation-settings';

/** Properties for `NamespaceLimits`. */
export interface NamespaceLimitsProps {
  readonly namespace: OwnNamespace;
  readonly quota: NamespaceQuota;

  /** The largest nodes that pods of the namespace run on. */
  readonly largest: NodePool;

  /** Whether any node of the region has accelerators: where there are some, they are for those whose quota says so. */
  readonly accelerated: boolean;
}

const { fromString } = k8s.Quantity;

const count = (number: number): k8s.Quantity => fromString(`${number}`);

/** What a namespace may take of its cluster, and what a container gets that does not say what it needs. */
export class NamespaceLimits extends Construct {
  constructor(scope: Construct, { namespace, quota, largest, accelerated }: NamespaceLimitsProps) {
    super(scope, `limits-${namespace}`);

    const node = { cpu: count(largest.cpus), memory: fromString(`${largest.memoryGiB}Gi`) };

    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'quota', namespace, annotations: ground },
      spec: {
        hard: {
          'requests.cpu': count(quota.cpus),
          'requests.memory': fromString(`${quota.memoryGiB}Gi`),
          ...(accelerated ? { 'requests.nvidia.com/gpu': count(quota.gpus ?? 0) } : {}),
          pods: count(quota.pods),
          ...(namespace === EDGE ? {} : unpublished),
        },
      },
    });

    new k8s.KubeLimitRange(this, 'range', {
      metadata: { name: 'limits', namespace, annotations: ground },
      spec: {
        limits: [
          {
            type: 'Container',
            // A container without a processor limit gets all of a node's: throttled engines only look slow.
            default: { cpu: node.cpu, memory: fromString('512Mi') },
            defaultRequest: { cpu: fromString('100m'), memory: fromString('128Mi') },
            max: node,
          },
        ],
      },
    });
  }
}

/** Nothing but the gateway is published: a load balancer of another Service would lead past its certificate and limits. */
const unpublished = { 'services.loadbalancers': count(0), 'services.nodeports': count(0) };
