import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import type { SecretKey } from '../kubernetes/secret-key';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { scrapePods } from '../observability/scrape';
import { connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import type { SizeName } from '../workloads/sizes';
import { PersistentPods } from './persistent-pods';
import { METRICS_PORT, REDIS_PORT, redisPod } from './redis-pod';
import type { RedisSettings } from './redis-settings';

/** Properties for `RedisCache`. */
export interface RedisCacheProps {
  readonly namespace: string;
  readonly settings: RedisSettings;
  readonly size: SizeName;
  readonly image: string;

  /** Image of what tells Prometheus how it does. */
  readonly exporter: string;

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

  constructor(
    scope: Construct,
    name: string,
    { namespace, settings, size, image, exporter, store, storedPassword, placement }: RedisCacheProps,
  ) {
    super(scope, name);

    const { replicas, sizeGiB } = settings;
    const host = `${name}-0.${serviceHost(name, namespace)}`;
    this.endpoint = { name, namespace, pods: stablePods(name), scope: this, host, port: REDIS_PORT, podPort: REDIS_PORT };
    if (replicas > 0) connect(this.endpoint, this.endpoint);
    scrapePods({ ...this.endpoint, name: `${name}-metrics`, podPort: METRICS_PORT }, { port: 'metrics' });

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

    new PersistentPods(this, name, {
      replicas: 1 + replicas,
      template: redisPod(name, { image, exporter, size, placement, files, master: host, password: this.password }),
      port: { name: 'redis', number: REDIS_PORT },
      sizeGiB,
      imagePullSecrets: placement.imagePullSecrets,
    });
  }
}
