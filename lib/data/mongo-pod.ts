import { k8s } from 'cdk8s-plus-27';

import { podLabels, selectorOf } from '../kubernetes/labels';
import { envFromSecret, type SecretKey } from '../kubernetes/secret-key';
import { restrictedContainer } from '../security/restricted';
import { configurationChecksum } from '../workloads/configuration-checksum';
import { ownPod } from '../workloads/own-pod';
import { type Placement, spread } from '../workloads/placement';
import { resourcesOf } from '../workloads/sizes';
import type { MongoBudget } from './mongo-budget';

/** What the members of a `MongoDatabase` are made of. */
export interface MongoPod {
  readonly images: MongoImages;
  readonly budget: MongoBudget;
  readonly placement: Placement;

  /** Files of the ConfigMap: a change of them is a new version. */
  readonly files: Readonly<Record<string, string>>;

  /** By which members know each other. */
  readonly memberKey: SecretKey;

  /** URL under which the exporter reaches the member beside it. */
  readonly exporterUrl: SecretKey;
}

/** The server, which also holds the shell, and what makes metrics of its figures. */
export interface MongoImages {
  readonly mongodb: string;
  readonly exporter: string;
}

export const MONGO_PORT = 27017;

/** Port of the exporter. */
export const MONGO_METRICS_PORT = 9216;

/** `mongodb` of the official image. */
export const MONGO_USER = 999;

/** A primary hands over for 10 s, turns away who connects for 15 s, and writes what its cache holds. */
const GRACE_SECONDS = 120;

/** Longest recovery of a volume after a crash, seconds. */
const STARTUP_SECONDS = 600;

const EXPORTER = { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };

/** The pods of a replica set called `name`. */
export function mongoPod(name: string, pod: MongoPod): k8s.PodTemplateSpec {
  return {
    metadata: { labels: podLabels(name), annotations: configurationChecksum(pod.files) },
    spec: {
      ...ownPod(name, MONGO_USER, pod.placement),
      terminationGracePeriodSeconds: GRACE_SECONDS,
      ...spread(selectorOf(name)),
      containers: [member(name, pod), exporter(pod)],
      volumes: [
        { name: 'config', configMap: { name: `${name}-config` } },
        { name: 'key', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
        { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
      ],
    },
  };
}

function member(name: string, { images, budget, memberKey }: MongoPod): k8s.Container {
  const listens = { tcpSocket: { port: k8s.IntOrString.fromString('mongodb') }, timeoutSeconds: 5 };
  return {
    name,
    image: images.mongodb,
    command: ['sh', '/etc/mongodb/start-mongod.sh'],
    ports: [{ name: 'mongodb', containerPort: MONGO_PORT }],
    env: [
      { name: 'HOME', value: '/tmp' }, // where people's shells write
      { name: 'CACHE_GB', value: `${budget.cacheGB}` },
      { name: 'MAX_CONNECTIONS', value: `${budget.maxConnections}` },
      // MongoDB's manual: its allocator keeps memory per processor only if the C library leaves that to it.
      { name: 'GLIBC_TUNABLES', value: 'glibc.pthread.rseq=0' },
      envFromSecret('MEMBER_KEY', memberKey),
    ],
    resources: resourcesOf(budget.resources),
    securityContext: restrictedContainer,
    startupProbe: { ...listens, periodSeconds: 5, failureThreshold: STARTUP_SECONDS / 5 },
    livenessProbe: { ...listens, periodSeconds: 20, failureThreshold: 6 },
    // The shell takes a second or two of a processor to start.
    readinessProbe: {
      exec: { command: ['sh', '/etc/mongodb/ready-mongodb.sh'] },
      periodSeconds: 30,
      timeoutSeconds: 20,
      failureThreshold: 3,
    },
    volumeMounts: [
      { name: 'data', mountPath: '/data/db' },
      { name: 'config', mountPath: '/etc/mongodb', readOnly: true },
      { name: 'key', mountPath: '/run/mongodb' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

/** Asks the member beside it, whatever role it has. */
function exporter({ images, exporterUrl }: MongoPod): k8s.Container {
  const listens = { tcpSocket: { port: k8s.IntOrString.fromString('metrics') }, timeoutSeconds: 5 };
  return {
    name: 'exporter',
    image: images.exporter,
    args: [`--web.listen-address=:${MONGO_METRICS_PORT}`, '--mongodb.direct-connect', '--collector.diagnosticdata'],
    ports: [{ name: 'metrics', containerPort: MONGO_METRICS_PORT }],
    env: [envFromSecret('MONGODB_URI', exporterUrl)],
    resources: resourcesOf(EXPORTER),
    securityContext: restrictedContainer,
    livenessProbe: { ...listens, periodSeconds: 20, failureThreshold: 6 },
    readinessProbe: { ...listens, periodSeconds: 10 },
  };
}
