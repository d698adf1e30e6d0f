import { k8s } from 'cdk8s-plus-27';

import { podLabels, selectorOf } from '../kubernetes/labels';
import { envFromSecret, type SecretKey } from '../kubernetes/secret-key';
import { restrictedContainer } from '../security/restricted';
import { configurationChecksum } from '../workloads/configuration-checksum';
import { ownPod } from '../workloads/own-pod';
import { type Placement, spread } from '../workloads/placement';
import { resourcesOf, type SizeName } from '../workloads/sizes';

/** What the pods of a `RedisCache` are made of. */
export interface RedisPod {
  readonly image: string;

  /** Image of the exporter. */
  readonly exporter: string;

  readonly size: SizeName;
  readonly placement: Placement;

  /** Files of the ConfigMap: a change of them is a new version. */
  readonly files: Readonly<Record<string, string>>;

  /** Host of the master. */
  readonly master: string;

  readonly password: SecretKey;
}

export const REDIS_PORT = 6379;

/** Port of the exporter. */
export const METRICS_PORT = 9121;

/** User of the official image. */
const USER = 999;

/** Half a CPU and 512 MiB, up to twice that, is what a master of 10 GiB was planned with; `low` is for a handful of users. */
const SIZES = {
  low: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' }, maxMemory: '256mb' },
  high: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' }, maxMemory: '512mb' },
} as const;

const EXPORTER_SIZE = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } };

/** The pods of a cache called `name`: the first is the master, the others follow it. */
export function redisPod(name: string, pod: RedisPod): k8s.PodTemplateSpec {
  return {
    metadata: { labels: podLabels(name), annotations: configurationChecksum(pod.files) },
    spec: {
      ...ownPod(name, USER, pod.placement),
      ...spread(selectorOf(name)),
      containers: [server(name, pod), exporter(pod)],
      volumes: [
        { name: 'config', configMap: { name: `${name}-config` } },
        {
          name: 'credentials',
          secret: { secretName: pod.password.secret, items: [{ key: 'credentials.conf', path: 'credentials.conf' }] },
        },
      ],
    },
  };
}

/** Asks the server beside it for its figures whenever Prometheus asks for them. */
function exporter({ exporter: image, password }: RedisPod): k8s.Container {
  const alive = { httpGet: { path: '/health', port: k8s.IntOrString.fromString('metrics') } };
  return {
    name: 'exporter',
    image,
    ports: [{ name: 'metrics', containerPort: METRICS_PORT }],
    env: [{ name: 'REDIS_ADDR', value: `redis://localhost:${REDIS_PORT}` }, envFromSecret('REDIS_PASSWORD', password)],
    resources: resourcesOf(EXPORTER_SIZE),
    securityContext: restrictedContainer,
    // Both tell of the exporter alone, not of the server, and long before either fails it has answered.
    livenessProbe: { ...alive, timeoutSeconds: 5, periodSeconds: 30, failureThreshold: 4 },
    readinessProbe: { ...alive, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3 },
  };
}

function server(name: string, { image, size, master, password }: RedisPod): k8s.Container {
  const { maxMemory, ...resources } = SIZES[size];
  // Authenticated by REDISCLI_AUTH; `-e` makes an answer such as LOADING a failure.
  const ping = { exec: { command: ['redis-cli', '-e', 'ping'] }, timeoutSeconds: 5 };
  return {
    name,
    image,
    command: ['sh', '/etc/redis/start-redis.sh'],
    ports: [{ name: 'redis', containerPort: REDIS_PORT }],
    env: [{ name: 'MASTER_HOST', value: master }, { name: 'MAX_MEMORY', value: maxMemory }, envFromSecret('REDISCLI_AUTH', password)],
    resources: resourcesOf(resources),
    securityContext: restrictedContainer,
    // Reading a large append-only file takes its time.
    startupProbe: { ...ping, periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { ...ping, periodSeconds: 20, failureThreshold: 6 },
    readinessProbe: { ...ping, periodSeconds: 10, failureThreshold: 3 },
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'config', mountPath: '/etc/redis', readOnly: true },
      { name: 'credentials', mountPath: '/etc/redis-credentials', readOnly: true },
    ],
  };
}
