import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { Peer } from '../kubernetes/endpoint';
import { podLabels, stablePods } from '../kubernetes/labels';
import { beforeWorkloads, migrations } from '../kubernetes/sync-wave';
import { ownPod } from './own-pod';
import type { Placement } from './placement';
import { containerOf, defineConfiguration, type ServiceContainer, volumesOf } from './service-container';

/** Properties for `MigrationJob`. */
export interface MigrationJobProps {
  readonly namespace: string;

  /** Image and command of the migration: the image is that of the service, so that schema and code are of one version. */
  readonly container: ServiceContainer;

  /** What must be true before: each runs until it is. */
  readonly waitFor: readonly k8s.Container[];

  /** Seconds after which the migration has failed, waiting included. */
  readonly deadlineSeconds: number;

  readonly placement: Placement;
}

/** A second try for what a restarted database or node interrupts; an invalid migration fails every time. */
const RETRIES = 3;

/**
 * Brings the data of a service to its next version: at each sync, after its databases and before its pods.
 *
 * A hook of the Sync phase, not of PreSync: that one runs before any object of the app exists, the database included,
 * and would wait for it forever. The Job of the sync before is deleted first, as a Job's template cannot change.
 */
export class MigrationJob extends Construct {
  /** The Job's pods. */
  public readonly peer: Peer;

  constructor(scope: Construct, name: string, { namespace, container, waitFor, deadlineSeconds, placement }: MigrationJobProps) {
    super(scope, name);

    this.peer = { name, namespace, pods: stablePods(name), scope: this };

    defineConfiguration(this, name, container);
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name, annotations: beforeWorkloads },
      automountServiceAccountToken: false,
      imagePullSecrets: placement.imagePullSecrets.map((secret) => ({ name: secret })),
    });

    new k8s.KubeJob(this, 'job', {
      metadata: {
        name,
        labels: podLabels(name),
        annotations: {
          ...migrations,
          'argocd.argoproj.io/hook': 'Sync',
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        },
      },
      spec: {
        backoffLimit: RETRIES,
        activeDeadlineSeconds: deadlineSeconds,
        template: {
          metadata: { labels: podLabels(name) },
          spec: {
            ...ownPod(name, container.user, placement),
            restartPolicy: 'Never', // the pods of failed tries stay, with their logs
            initContainers: [...waitFor],
            containers: [containerOf(name, container)],
            volumes: volumesOf(name, container),
          },
        },
      },
    });
  }
}
