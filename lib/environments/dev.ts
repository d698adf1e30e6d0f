import type { CodeLabSettings } from '../codelab/codelab-settings';
import type { KivaSettings } from '../kiva/kiva-settings';
import type { LiteLlmSettings } from '../litellm/litellm-settings';
import type { TracingSettings } from '../monitoring/tracing/tracing-settings';
import type { Scale } from '../workloads/scale';
import type { Environment } from './environment';
import { germanyWestCentralDev, local } from './regions';

const litellm: LiteLlmSettings = {
  scale: { kind: 'fixed', replicas: 1 },
  size: 'low',
  database: { instances: 1, sizeGiB: 10 },
  cache: { replicas: 0, sizeGiB: 2 },
  consolePath: '/litellm',
};

const kiva: KivaSettings = {
  replicas: 1,
  size: 'low',
  database: { instances: 1, sizeGiB: 10 },
  cache: { replicas: 0, sizeGiB: 2 },
  filesGiB: 100,
  requestsPerMinute: 6000,
};

/** Few requests, each of which somebody may want to look at. */
const tracing: TracingSettings = { keptPercent: 100, retentionHours: 48, storage: { kind: 'volume', sizeGiB: 10 } };

const one: Scale = { kind: 'fixed', replicas: 1 };

const codelab: CodeLabSettings = {
  scale: { gateway: one, agentRuntime: one, authService: one, llmProxy: one },
  size: 'low',
  database: { instances: 1, sizeGiB: 10 },
  cache: { replicas: 0, sizeGiB: 2 },
  workspacesGiB: 100,
  authDataGiB: 100,
  requestsPerMinute: 600,
};

/** Development: a shared cluster with one GPU server, and a developer's own machine without a GPU. */
export const dev: Environment = {
  name: 'dev',
  delivery: { removal: 'cascade' },
  targets: [
    {
      region: local,
      foundation: {
        quotas: {
          edge: { cpus: 4, memoryGiB: 4, pods: 12 },
          gpt: { cpus: 4, memoryGiB: 8, pods: 16 },
          kiva: { cpus: 4, memoryGiB: 8, pods: 12 },
          litellm: { cpus: 4, memoryGiB: 8, pods: 12 },
          llm: { cpus: 6, memoryGiB: 16, pods: 8 },
          ml: { cpus: 3, memoryGiB: 6, pods: 10 },
          monitoring: { cpus: 1, memoryGiB: 1, pods: 5 },
        },
      },
      edge: {
        replicas: 1,
        regionalHost: 'kiva.local.test',
        // Not `chat.local` and `kong.local`: that domain is asked for by multicast, which no resolver of ours answers.
        appHosts: { gpt: ['chat.local.test', 'kong.local.test'], ml: ['models.local.test'] },
        tls: { kind: 'internal-ca' },
        requestsPerMinute: 600,
      },
      llm: { engine: 'ollama', models: ['tinyllama', 'gemma3'], modelVolumeGiB: 50, longestAnswerSeconds: 600 },
      litellm,
      kiva,
      ml: {
        mode: 'Standard',
        runtimes: ['sklearn'],
        storage: { kind: 'minio', sizeGiB: 10 },
        requestsPerMinute: 600,
        cache: { replicas: 0, sizeGiB: 1 },
        longestAnswerSeconds: 60,
        models: [
          {
            name: 'sklearn-iris',
            runtime: 'sklearn',
            version: 'v1',
            ...{ cpus: 0.25, memoryGiB: 0.5, answersWithin: 1 },
            replicas: { min: 1, max: 1 },
            scale: { metric: 'cpu', target: 80 },
          },
        ],
      },
      gpt: {
        replicas: 1,
        size: 'low',
        model: 'gemma3',
        database: { members: 1, sizeGiB: 10 },
        cache: { replicas: 0, sizeGiB: 2 },
        requestsPerMinute: 600,
      },
    },
    {
      region: germanyWestCentralDev,
      foundation: {
        quotas: {
          codelab: { cpus: 4, memoryGiB: 8, pods: 16 },
          edge: { cpus: 4, memoryGiB: 8, pods: 12 },
          kiva: { cpus: 4, memoryGiB: 8, pods: 12 },
          litellm: { cpus: 4, memoryGiB: 8, pods: 12 },
          llm: { cpus: 12, memoryGiB: 48, pods: 10, gpus: 1 },
          monitoring: { cpus: 4, memoryGiB: 12, pods: 20 },
        },
      },
      edge: {
        replicas: 1,
        regionalHost: 'dev.kiva.example.com',
        appHosts: { codelab: ['dev.codelab.example.com'] },
        tls: { kind: 'internal-ca' },
        requestsPerMinute: 600,
      },
      monitoring: {
        replicas: 1,
        retentionDays: 7,
        sizeGiB: 20,
        alertChannel: 'llm-dev',
        consoles: true,
        tracing,
        logs: { kind: 'loki', retentionDays: 7, sizeGiB: 20 },
      },
      llm: {
        engine: 'vllm',
        server: 'kiva-vllm',
        model: 'llama-3.1-8b-instruct',
        gpus: 1,
        gpuMemoryUtilization: 0.9,
        maxModelLen: 16384,
        maxNumSeqs: 64,
        maxNumBatchedTokens: 8192,
        replicas: { min: 1, max: 1 },
        release: { kind: 'rolling', because: 'only developers depend on it, and the pool has no GPU to spare for a canary' },
        slo: { timeToFirstToken: 1, interTokenLatency: 0.05 },
        longestAnswerSeconds: 600,
        modelVolumeGiB: 50,
      },
      litellm,
      kiva,
      codelab,
    },
  ],
};
