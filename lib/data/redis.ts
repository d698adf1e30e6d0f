import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import type { SecretKey } from '../kubernetes/secret-key';
import { DATA_BLOCK } from '../kubernetes/storage-classes';
import { keep } from '../kubernetes/sync-options';
import { beforeWorkloads, data } from '../kubernetes/sync-wave';
import { connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import type { SizeName } from '../workloads/sizes';
import { REDIS_PORT, redisPod } from './redis-pod';
import type { RedisSettings } from './redis-settings';

/** Properties for `RedisCache`. */
export interface RedisCacheProps {
  readonly namespace: string;
  readonly settings: RedisSettings;
  readonly size: SizeName;
  readonly image: string;
  readonly store: SecretStore;

  /** Name of the password in the target's store. */
  readonly storedPassword: string;

  readonly placement: Placement;
}

const SCRIPTS = ['redis.conf', 'start-redis.sh'] as const;

/**
 * Redis: one master and its followers, each with a volume, always with a password.
 *
 * Nothing promotes a follower: the pod of a lost master comes back with its volume, and clients bridge that minute.
 * Followers keep a second and a third copy of what a lost volume would take along.
 */
export class RedisCache extends Construct {
  /** The master. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  /** Password of the default user. */
  public readonly password: SecretKey;

  constructor(scope: Construct, name: string, { namespace, settings, size, image, store, storedPassword, placement }: RedisCacheProps) {
    super(scope, name);

    const { replicas, sizeGiB } = settings;
    const host = `${name}-0.${serviceHost(name, namespace)}`;
    this.endpoint = { name, namespace, pods: stablePods(name), scope: this, host, port: REDIS_PORT, podPort: REDIS_PORT };
    if (replicas > 0) connect(this.endpoint, this.endpoint);

    const files = Object.fromEntries(SCRIPTS.map((file) => [file, readFileSync(join(__dirname, file), 'utf8')]));
    new k8s.KubeConfigMap(this, 'config', { metadata: { name: `${name}-config`, annotations: beforeWorkloads }, data: files });

    const secret = new DeliveredSecret(this, `${name}-credentials`, {
      store,
      values: { password: storedPassword },
      compose: {
        password: '{{ .password }}',
        'credentials.conf': 'requirepass {{ .password | quote }}\nmasterauth {{ .password | quote }}\n',
      },
    });
    this.password = secret.key('password');

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name, annotations: beforeWorkloads },
      automountServiceAccountToken: false,
      imagePullSecrets: placement.imagePullSecrets.map((pullSecret) => ({ name: pullSecret })),
    });

    // Headless: clients and followers ask for the master by its pod's name, since it alone takes writes.
    new k8s.KubeService(this, 'service', {
      metadata: { name, labels: podLabels(name), annotations: data },
      spec: {
        clusterIp: 'None',
        selector: selectorOf(name),
        ports: [{ name: 'redis', port: REDIS_PORT, targetPort: k8s.IntOrString.fromString('redis') }],
      },
    });

    if (replicas > 0) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: stablePods(name) } },
      });
    }

    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { name, labels: podLabels(name), annotations: { ...data, ...keep } },
      spec: {
        replicas: 1 + replicas,
        serviceName: name,
        selector: { matchLabels: selectorOf(name) },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        template: redisPod(name, { image, size, placement, files, master: host, password: this.password }),
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
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
