import type { Target } from '../environments/environment';
import { eks } from '../environments/platforms';
import type { Region } from '../regions/region';
import type { ReleaseFile } from '../releases/pin-file';
import type { Scale } from '../workloads/scale';

/** A region that no environment has: what happens to the real ones changes no snapshot. */
const region: Region = {
  name: 'atlantis-1',
  platform: eks,
  kubernetes: '1.34',
  jurisdiction: 'eu',
  zones: ['atlantis-1a', 'atlantis-1b', 'atlantis-1c'],
  cpuPool: { instanceType: 'c5.4xlarge', minNodes: 3, maxNodes: 6, cpus: 16, memoryGiB: 32, labels: { 'node-type': 'cpu' }, taints: [] },
  systemPool: { instanceType: 't3.large', minNodes: 3, maxNodes: 3, cpus: 2, memoryGiB: 8, labels: { 'node-type': 'system' }, taints: [] },
  gpuPool: {
    ...{ instanceType: 'g6e.12xlarge', gpu: 'l40s', gpusPerNode: 4, minNodes: 1, maxNodes: 4, cpus: 48, memoryGiB: 384 },
    ...{ labels: { 'node-type': 'gpu' }, taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] },
  },
  cloud: { kind: 'aws', region: 'atlantis-1', accountId: '000011112222' },
  modelBucket: 'models-atlantis-1',
  backupStore: { kind: 's3', bucket: 'backups-atlantis-1' },
  sharedFileSystem: 'fs-0000000000000000a',
};

const several: Scale = { kind: 'auto', min: 2, max: 4 };

/** A target with everything that targets have: what snapshots are made of. */
export const sample: Target = {
  environment: 'sample',
  delivery: { removal: 'by-hand' },
  region,
  foundation: {
    quotas: {
      codelab: { cpus: 24, memoryGiB: 40, pods: 40 },
      edge: { cpus: 8, memoryGiB: 16, pods: 20 },
      gpt: { cpus: 16, memoryGiB: 40, pods: 40 },
      kiva: { cpus: 16, memoryGiB: 40, pods: 40 },
      litellm: { cpus: 16, memoryGiB: 40, pods: 40 },
      llm: { cpus: 72, memoryGiB: 400, pods: 20, gpus: 16 },
      ml: { cpus: 16, memoryGiB: 32, pods: 20 },
      monitoring: { cpus: 8, memoryGiB: 24, pods: 40 },
    },
    packGpus: true,
    admission: {
      baseline: 'deny',
      signatures: [
        {
          ...{ name: 'ours', images: 'ghcr.io/codelab/*', unsigned: 'audit' },
          signedBy: { kind: 'identity', issuer: 'https://issuer.example.com', subject: '^https://git[.]example[.]com/.+$' },
        },
      ],
    },
  },
  edge: {
    replicas: 2,
    globalHost: 'api.example.com',
    regionalHost: 'atlantis-1.api.example.com',
    appHosts: { codelab: ['codelab.example.org'], gpt: ['chat.example.com'] },
    tls: { kind: 'lets-encrypt', server: 'production', email: 'platform@example.com', challenge: { kind: 'dns01', zone: 'example.com' } },
    requestsPerMinute: 100,
  },
  monitoring: {
    ...{ replicas: 2, retentionDays: 7, sizeGiB: 50, alertChannel: 'llm-alerts', consoles: true },
    logs: { kind: 'loki', retentionDays: 7, sizeGiB: 50 },
    tracing: {
      ...{ keptPercent: 10, retentionHours: 72 },
      storage: { kind: 'elasticsearch', url: 'https://traces.example.com', network: '10.0.0.0/16' },
    },
  },
  backup: { namespaces: ['codelab', 'gpt', 'kiva', 'litellm', 'ml'], hour: 1, keepDays: 7 },
  llm: {
    ...{ engine: 'vllm', server: 'llm-service', model: 'llama-2-70b-chat-awq', gpus: 2, gpuMemoryUtilization: 0.9, maxModelLen: 4096 },
    ...{ maxNumSeqs: 256, maxNumBatchedTokens: 4096, replicas: { min: 2, max: 4 }, longestAnswerSeconds: 600, modelVolumeGiB: 50 },
    release: { kind: 'canary', canaryReplicas: { min: 1, max: 2 } },
    slo: { timeToFirstToken: 2.5, interTokenLatency: 0.1 },
  },
  litellm: {
    scale: { kind: 'auto', min: 2, max: 4 },
    size: 'high',
    database: { instances: 3, sizeGiB: 20 },
    cache: { replicas: 2, sizeGiB: 5 },
    consolePath: '/litellm',
  },
  kiva: {
    ...{ replicas: 2, size: 'high', database: { instances: 3, sizeGiB: 20 }, cache: { replicas: 2, sizeGiB: 5 } },
    ...{ filesGiB: 100, requestsPerMinute: 6000 },
  },
  codelab: {
    scale: { gateway: several, agentRuntime: several, authService: several, llmProxy: several },
    ...{ size: 'high', database: { instances: 3, sizeGiB: 20 }, cache: { replicas: 2, sizeGiB: 5 } },
    ...{ workspacesGiB: 10, authDataGiB: 5, requestsPerMinute: 600 },
  },
  mesh: 'strict',
  recommendSizes: true,
  ml: {
    ...{ mode: 'Standard', runtimes: ['sklearn'], storage: { kind: 'bucket' }, requestsPerMinute: 600, longestAnswerSeconds: 60 },
    cache: { replicas: 0, sizeGiB: 1 },
    models: [
      {
        ...{ name: 'iris', runtime: 'sklearn', version: 'v1', cpus: 1, memoryGiB: 2, answersWithin: 0.5 },
        ...{ replicas: { min: 2, max: 4 }, scale: { metric: 'cpu', target: 70 } },
      },
    ],
  },
  gpt: {
    ...{ replicas: 2, size: 'high', requestsPerMinute: 100 },
    ...{ database: { members: 3, sizeGiB: 20 }, cache: { replicas: 2, sizeGiB: 5 } },
  },
};

const digest = (digit: string): string => `sha256:${`${digit}123456789abcdef`.repeat(4)}`;
const image = (name: string, digit: string, tag = 'v1.0.0'): string =>
  `  ${name}:\n    repository: registry.example.com/${name}\n    tag: ${tag}\n    digest: ${digest(digit)}\n`;

/** Pins of the sample, complete: nothing in a snapshot is unresolved. */
export const samplePins: ReleaseFile = {
  path: 'releases/sample.yaml',
  text: [
    'images:\n',
    ...['kong', 'litellm', 'loadtester', 'model-mirror', 'nvidia-device-plugin', 'postgresql', 'redis', 'vllm'].map((name, index) =>
      image(name, `${index}`),
    ),
    image('kube-scheduler', '8', 'v1.34.0'), // of the region's own minor version
    ...['codelab-agent-runtime', 'codelab-auth-service', 'codelab-gateway'].map((name, index) => image(name, 'bcd'[index] as string)),
    image('open-webui-backend', '9'),
    ...['admin-service', 'auth-service', 'chat-service', 'mongodb', 'mongodb-exporter'].map((name) => image(name, 'b')),
    image('open-webui-frontend', 'a'),
    image('sklearnserver', 'e'),
    image('tritonserver', 'f'),
    ...['alertmanager', 'grafana', 'jaeger', 'loki', 'otel-collector', 'prometheus', 'redis-exporter'].map((name) => image(name, 'f')),
    'models:\n  llama-2-70b-chat-awq:\n    source: hf://example/Llama-2-70B-Chat-AWQ\n',
    `    revision: ${'abcdef0123'.repeat(4)}\n    sha256: ${'0123456789abcdef'.repeat(4)}\n    size: 36.6 GB\n`,
    'rings:\n  - [atlantis-1]\n',
  ].join(''),
};
