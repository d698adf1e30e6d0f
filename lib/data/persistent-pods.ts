import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { DATA_BLOCK } from '../kubernetes/storage-classes';
import { keep } from '../kubernetes/sync-options';
import { beforeWorkloads, data } from '../kubernetes/sync-wave';
import { LEFT_OUT } from './shared-volume';

/** Properties for `PersistentPods`. */
export interface PersistentPodsProps {
  readonly replicas: number;

  /** The pods: one container mounts the volume `data`. */
  readonly template: k8s.PodTemplateSpec;

  /** Port that clients ask for, by the name that it has in the pods. */
  readonly port: { readonly name: string; readonly number: number };

  /** Volume of each pod, GiB. */
  readonly sizeGiB: number;

  readonly imagePullSecrets: readonly string[];

  /**
   * Whether pods find each other by name before they are ready, and start without waiting for one another: what elects its leader needs that.
   *
   * @default false
   */
  readonly peers?: boolean;

  /**
   * Whether nobody misses what they hold, so that no backup does.
   *
   * @default false
   */
  readonly replaceable?: boolean;
}

/**
 * Pods with a name and a volume each, which outlive every sync: a StatefulSet, its Service, service account and budget for disruptions.
 * The Service is headless, since clients ask for a pod by its name: not every one takes writes.
 */
export class PersistentPods extends Construct {
  constructor(
    scope: Construct,
    name: string,
    { replicas, template, port, sizeGiB, imagePullSecrets, peers = false, replaceable = false }: PersistentPodsProps,
  ) {
    super(scope, 'pods');

    const leftOut = replaceable ? LEFT_OUT : {};

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name, annotations: beforeWorkloads },
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })),
    });

    new k8s.KubeService(this, 'service', {
      metadata: { name, labels: podLabels(name), annotations: data },
      spec: {
        clusterIp: 'None',
        ...(peers ? { publishNotReadyAddresses: true } : {}),
        selector: selectorOf(name),
        ports: [{ name: port.name, port: port.number, targetPort: k8s.IntOrString.fromString(port.name) }],
      },
    });

    // A budget for one replica would keep its node from ever being drained.
    if (replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: stablePods(name) } },
      });
    }

    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { name, labels: { ...podLabels(name), ...leftOut }, annotations: { ...data, ...keep } },
      spec: {
        replicas,
        serviceName: name,
        ...(peers ? { podManagementPolicy: 'Parallel' } : {}),
        selector: { matchLabels: selectorOf(name) },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        template,
        volumeClaimTemplates: [
          {
            metadata: { name: 'data', ...(replaceable ? { labels: leftOut } : {}) },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: DATA_BLOCK,
              resources: { requests: { storage: k8s.Quantity.fromString(`${sizeGiB}Gi`) } },
            },
          },
        ],
      },
    });
  }
}
