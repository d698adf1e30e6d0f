import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { Peer } from '../kubernetes/endpoint';
import { podLabels, stablePods } from '../kubernetes/labels';
import { beforeWorkloads, migrations } from '../kubernetes/sync-wave';
import { MODEL_USER, MODELS_MOUNT } from '../models/stored-model';
import type { NodePool } from '../regions/region';
import { allowInternet } from '../security/connect';
import { restrictedContainer, restrictedPod } from '../security/restricted';
import type { WorkloadIdentity } from '../security/workload-identity';
import { placed } from '../workloads/placement';

/** Properties for `PrefetchJob`. */
export interface PrefetchJobProps {
  readonly namespace: string;

  /** Claim that the Job writes. */
  readonly claim: string;

  /** What runs: all but the last before it, one after the other. */
  readonly steps: readonly PrefetchStep[];

  /** Seconds after which the Job has failed. */
  readonly deadlineSeconds: number;

  readonly identity: WorkloadIdentity;

  /** Secrets of the registries, where nodes have no identity of their own. */
  readonly imagePullSecrets: readonly string[];

  /**
   * Nodes that are meant for it.
   *
   * @default - any: shared storage is everywhere
   */
  readonly pool?: NodePool;
}

/** One container of the Job. */
export interface PrefetchStep {
  readonly name: string;
  readonly image: string;

  /** Script beside this file. */
  readonly script: string;

  readonly env: readonly k8s.EnvVar[];
}

const SCRIPTS_MOUNT = '/scripts';

/**
 * Writes models into a shared claim, once: every server reads them from there, and no server needs the network.
 *
 * Defines a Job, its scripts, its service account and its way to the internet. A Job's template is immutable, so the
 * Job's name carries a hash of it: a new revision is a new Job, and Argo CD prunes the old one.
 */
export class PrefetchJob extends Construct {
  constructor(scope: Construct, id: string, props: PrefetchJobProps) {
    super(scope, id);

    const { namespace, claim, steps, deadlineSeconds, identity, imagePullSecrets, pool } = props;
    const peer: Peer & { scope: Construct } = { scope: this, name: id, namespace, pods: stablePods(id) };
    const scripts = Object.fromEntries(steps.map(({ script }) => [script, readFileSync(join(__dirname, script), 'utf8')]));
    const containers = steps.map(container);

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: id, annotations: { ...identity.annotations, ...beforeWorkloads } },
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecrets.map((name) => ({ name })),
    });
    new k8s.KubeConfigMap(this, 'scripts', { metadata: { name: `${id}-scripts`, annotations: beforeWorkloads }, data: scripts });
    allowInternet(peer);

    const spec: k8s.JobSpec = {
      // Downloads break; what is there already is not fetched again.
      backoffLimit: 6,
      activeDeadlineSeconds: deadlineSeconds,
      template: {
        metadata: { labels: { ...podLabels(id), ...identity.podLabels } },
        spec: {
          serviceAccountName: id,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: 'OnFailure',
          securityContext: restrictedPod(MODEL_USER),
          ...(pool === undefined ? {} : placed({ pool })),
          ...(containers.length === 1 ? {} : { initContainers: containers.slice(0, -1) }),
          containers: containers.slice(-1),
          volumes: [
            { name: 'models', persistentVolumeClaim: { claimName: claim } },
            { name: 'scripts', configMap: { name: `${id}-scripts` } },
            { name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } },
          ],
        },
      },
    };
    const name = `${id}-${hashOf({ spec, scripts })}`;
    new k8s.KubeJob(this, 'job', { metadata: { name, labels: podLabels(id), annotations: migrations }, spec });
  }
}

function container({ name, image, script, env }: PrefetchStep): k8s.Container {
  return {
    name,
    image,
    command: ['/bin/sh', `${SCRIPTS_MOUNT}/${script}`],
    env: [{ name: 'HOME', value: '/tmp' }, { name: 'MODELS', value: MODELS_MOUNT }, ...env],
    resources: {
      requests: { cpu: k8s.Quantity.fromString('500m'), memory: k8s.Quantity.fromString('2Gi') },
      limits: { cpu: k8s.Quantity.fromString('2'), memory: k8s.Quantity.fromString('4Gi') },
    },
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: 'models', mountPath: MODELS_MOUNT },
      { name: 'scripts', mountPath: SCRIPTS_MOUNT, readOnly: true },
      { name: 'scratch', mountPath: '/tmp' },
    ],
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}
