import type { TracingSettings } from '../monitoring/tracing/tracing-settings';
import type { Scale } from '../workloads/scale';
import { admission } from './admission';
import type { Environment } from './environment';
import { predictiveModels } from './predictive-models';
import { euWest1Staging } from './regions';

const small: Scale = { kind: 'auto', min: 1, max: 2 };

/** A tenth is enough to compare releases with. */
const tracing: TracingSettings = { keptPercent: 10, retentionHours: 72, storage: { kind: 'volume', sizeGiB: 20 } };

/** The last stop before production: its model, its hardware and its release path, with fewer replicas. */
export const staging: Environment = {
  name: 'staging',
  delivery: { removal: 'cascade' },
  targets: [
    {
      region: euWest1Staging,
      foundation: {
        quotas: {
          codelab: { cpus: 8, memoryGiB: 16, pods: 24 },
          edge: { cpus: 8, memoryGiB: 16, pods: 20 },
          gpt: { cpus: 8, memoryGiB: 16, pods: 20 },
          litellm: { cpus: 8, memoryGiB: 24, pods: 20 },
          llm: { cpus: 40, memoryGiB: 224, pods: 20, gpus: 8 },
          ml: { cpus: 20, memoryGiB: 40, pods: 20 },
          monitoring: { cpus: 6, memoryGiB: 16, pods: 30 },
        },
        packGpus: true,
        admission: admission.staging,
      },
      edge: {
        replicas: 2,
        regionalHost: 'staging.api.llm-production.com',
        appHosts: {
          codelab: ['staging.codelab.example.com'],
          gpt: ['staging.chat.llm-production.com'],
          ml: ['models.staging.api.llm-production.com'],
        },
        tls: {
          kind: 'lets-encrypt',
          server: 'staging',
          email: 'platform@llm-production.com',
          challenge: { kind: 'dns01', zone: 'llm-production.com' },
        },
        requestsPerMinute: 100,
      },
      monitoring: {
        replicas: 1,
        retentionDays: 7,
        sizeGiB: 50,
        alertChannel: 'llm-staging',
        tracing,
        logs: { kind: 'loki', retentionDays: 7, sizeGiB: 50 },
      },
      llm: {
        engine: 'vllm',
        server: 'llm-service',
        model: 'llama-2-70b-chat-awq',
        gpus: 2,
        gpuMemoryUtilization: 0.9,
        maxModelLen: 4096,
        maxNumSeqs: 256,
        maxNumBatchedTokens: 4096,
        replicas: { min: 1, max: 2 },
        release: { kind: 'canary', canaryReplicas: { min: 1, max: 1 } },
        slo: { timeToFirstToken: 2.5, interTokenLatency: 0.1 },
        longestAnswerSeconds: 600,
        modelVolumeGiB: 50,
      },
      litellm: {
        scale: { kind: 'auto', min: 1, max: 2 },
        size: 'low',
        database: { instances: 1, sizeGiB: 20 },
        cache: { replicas: 0, sizeGiB: 5 },
      },
      codelab: {
        scale: { gateway: small, agentRuntime: small, authService: small, llmProxy: small },
        size: 'low',
        database: { instances: 1, sizeGiB: 20 },
        cache: { replicas: 0, sizeGiB: 5 },
        workspacesGiB: 10,
        authDataGiB: 5,
        requestsPerMinute: 600,
      },
      gpt: {
        replicas: 1,
        size: 'low',
        database: { members: 1, sizeGiB: 20 },
        cache: { replicas: 0, sizeGiB: 5 },
        requestsPerMinute: 100,
      },
      mesh: 'strict',
      ml: predictiveModels({ min: 1, max: 2 }, { replicas: 0, sizeGiB: 2 }),
    },
  ],
};
