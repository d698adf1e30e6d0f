import { k8s } from 'cdk8s-plus-27';

import type { Endpoint } from '../kubernetes/endpoint';
import { selectorOf } from '../kubernetes/labels';
import { GPU_INFERENCE } from '../kubernetes/priority';
import { GPU_SCHEDULER } from '../kubernetes/scheduler';
import { envFromSecret, type SecretKey } from '../kubernetes/secret-key';
import { ENDPOINTS_SETTLE_SECONDS, type EngineBudgets } from '../models/engine-budgets';
import { MODEL_USER, MODELS_MOUNT, type StoredModel } from '../models/stored-model';
import { tracingEnvironment } from '../observability/traces';
import type { GpuPool } from '../regions/region';
import { restrictedContainer, restrictedPod } from '../security/restricted';
import { spread, tolerations } from '../workloads/placement';
import { type EngineResources, engineResources } from './engine-resources';
import { waitForModel } from './wait-for-model';

/** What the pods of an engine are made of. */
export interface EnginePodProps {
  readonly stored: StoredModel;

  /** Claim that keeps compiled kernels and graphs. */
  readonly compileCache: string;

  readonly pool: GpuPool;

  /** Whether a scheduler of our own packs the pods onto nodes, instead of the cluster's, which spreads them. */
  readonly packed: boolean;

  /** GPUs of one pod. */
  readonly gpus: number;

  readonly image: string;
  readonly budgets: EngineBudgets;

  /** Key that clients must send. */
  readonly apiKey: SecretKey;

  /**
   * Where spans are sent.
   *
   * @default - nothing is traced
   */
  readonly traces?: Endpoint;

  /** ConfigMaps whose change is a new release. */
  readonly envFrom: readonly k8s.EnvFromSource[];
}

const CONFIG_MOUNT = { name: 'config', mountPath: '/config', readOnly: true };

/** Name of the ConfigMap with an engine's configuration. */
export const configName = (server: string): string => `${server}-config`;

/** Seconds between two startup probes: a start is noticed that much late at most. */
const STARTUP_PERIOD_SECONDS = 10;

/** The pods of an engine: they wait for their model, load it, and drain before they stop. */
export function enginePod(name: string, props: EnginePodProps): k8s.PodSpec {
  const { pool, packed, stored, compileCache, budgets, gpus } = props;
  const resources = engineResources(gpus);

  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    // A Service called like a variable of the engine would otherwise configure it.
    enableServiceLinks: false,
    priorityClassName: GPU_INFERENCE,
    terminationGracePeriodSeconds: budgets.graceSeconds,
    securityContext: restrictedPod(MODEL_USER),
    nodeSelector: { ...pool.labels },
    tolerations: tolerations(pool),
    // Flagger gives the primary's constraints the primary's name.
    ...(packed ? { schedulerName: GPU_SCHEDULER, ...spread(selectorOf(name), ['zone']) } : spread(selectorOf(name))),
    initContainers: [waitForModel(props.image, stored, CONFIG_MOUNT)],
    containers: [engine(name, props, resources)],
    volumes: [
      { name: 'models', persistentVolumeClaim: { claimName: stored.claim, readOnly: true } },
      { name: 'compile-cache', persistentVolumeClaim: { claimName: compileCache } },
      { name: 'config', configMap: { name: configName(name) } },
      { name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('10Gi') } },
      ...sharedMemory(resources),
    ],
  };
}

function engine(name: string, { image, apiKey, budgets, envFrom, traces }: EnginePodProps, resources: EngineResources): k8s.Container {
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString('http') } };
  const gpus = { 'nvidia.com/gpu': k8s.Quantity.fromString(`${resources.gpus}`) };
  const memory = k8s.Quantity.fromString(`${resources.memoryGiB}Gi`);

  return {
    name,
    image,
    command: ['vllm', 'serve', '--config=/config/config.yaml'],
    ports: [{ name: 'http', containerPort: 8000 }],
    env: [
      envFromSecret('VLLM_API_KEY', apiKey),
      // Models are on the claim: a server that asked the hub would start only while the hub answers.
      { name: 'HF_HUB_OFFLINE', value: '1' },
      { name: 'HOME', value: '/tmp' },
      // The compiler names its cache after the user, whom the image's list of users does not know.
      { name: 'USER', value: 'vllm' },
      { name: 'VLLM_CACHE_ROOT', value: '/cache/vllm' },
      { name: 'TRITON_CACHE_DIR', value: '/cache/triton' },
      { name: 'VLLM_LOGGING_CONFIG_PATH', value: '/config/logging.json' },
      { name: 'VLLM_NO_USAGE_STATS', value: '1' },
      ...Object.entries(traces === undefined ? {} : tracingEnvironment(name, traces)).map(([variable, value]) => ({
        name: variable,
        value,
      })),
    ],
    envFrom: [...envFrom],
    resources: {
      requests: { ...gpus, cpu: k8s.Quantity.fromString(`${resources.cpuRequest}`), memory },
      limits: { ...gpus, cpu: k8s.Quantity.fromString(`${resources.cpuLimit}`), memory },
    },
    securityContext: restrictedContainer,
    startupProbe: {
      ...health,
      periodSeconds: STARTUP_PERIOD_SECONDS,
      timeoutSeconds: 10,
      failureThreshold: budgets.startupSeconds / STARTUP_PERIOD_SECONDS,
    },
    livenessProbe: { ...health, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    lifecycle: { preStop: { exec: { command: ['sleep', `${ENDPOINTS_SETTLE_SECONDS}`] } } },
    volumeMounts: [
      { name: 'models', mountPath: MODELS_MOUNT, readOnly: true },
      { name: 'compile-cache', mountPath: '/cache' },
      CONFIG_MOUNT,
      { name: 'scratch', mountPath: '/tmp' },
      ...(resources.sharedMemoryGiB === 0 ? [] : [{ name: 'shared-memory', mountPath: '/dev/shm' }]),
    ],
  };
}

/** Shards exchange tensors through `/dev/shm`; its size counts against the pod's memory, which includes it. */
function sharedMemory({ sharedMemoryGiB }: EngineResources): k8s.Volume[] {
  if (sharedMemoryGiB === 0) return [];
  return [{ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString(`${sharedMemoryGiB}Gi`) } }];
}
