import type { BackupSettings } from '../backup/backup-settings';
import type { CodeLabSettings } from '../codelab/codelab-settings';
import type { OwnNamespace } from '../kubernetes/namespaces';
import type { LiteLlmSettings } from '../litellm/litellm-settings';
import type { VllmSettings } from '../llm/llm-settings';
import type { MonitoringSettings } from '../monitoring/monitoring-settings';
import type { Region } from '../regions/region';
import type { TlsSettings } from '../routing/tls-settings';
import { admission } from './admission';
import type { Environment, TargetSettings } from './environment';
import { predictiveModels } from './predictive-models';
import { euWest1, germanyWestCentral, usEast1, usWest2 } from './regions';

const litellm: LiteLlmSettings = {
  scale: { kind: 'auto', min: 3, max: 10 },
  size: 'high',
  database: { instances: 3, sizeGiB: 100 },
  cache: { replicas: 2, sizeGiB: 10 },
};

/** Traces are kept by the search cluster of the region, which outlives this one. */
const monitoringOf = (region: Region): MonitoringSettings => ({
  ...{ replicas: 2, retentionDays: 15, sizeGiB: 100, alertChannel: 'llm-alerts' },
  logs: { kind: 'loki', retentionDays: 30, sizeGiB: 200 },
  tracing: {
    keptPercent: 1,
    retentionHours: 168,
    storage: { kind: 'elasticsearch', url: `https://traces.${region.name}.llm-production.com`, network: '10.0.0.0/8' },
  },
});

const codelab: CodeLabSettings = {
  scale: {
    gateway: { kind: 'auto', min: 3, max: 10 },
    agentRuntime: { kind: 'auto', min: 3, max: 20 },
    authService: { kind: 'auto', min: 2, max: 5 },
    llmProxy: { kind: 'auto', min: 2, max: 5 },
  },
  size: 'high',
  database: { instances: 3, sizeGiB: 50 },
  cache: { replicas: 2, sizeGiB: 10 },
  workspacesGiB: 10,
  authDataGiB: 5,
  requestsPerMinute: 600,
};

/** Every night in Europe, which is the evening in America. */
const backup: BackupSettings = { namespaces: ['litellm'], hour: 1, keepDays: 30 };

/** Llama 2 70B in four bits on two GPUs a replica. */
const llama70b = (min: number): VllmSettings => ({
  engine: 'vllm',
  server: 'llm-service',
  model: 'llama-2-70b-chat-awq',
  gpus: 2,
  gpuMemoryUtilization: 0.9,
  maxModelLen: 4096,
  maxNumSeqs: 256,
  maxNumBatchedTokens: 4096,
  replicas: { min, max: 12 },
  release: { kind: 'canary', canaryReplicas: { min: 1, max: 2 } },
  slo: { timeToFirstToken: 2.5, interTokenLatency: 0.1 },
  longestAnswerSeconds: 600,
  modelVolumeGiB: 200,
});

/** The LLM API: three regions behind one host, so only a DNS challenge can prove it. */
const api = (region: Region, minReplicas: number): TargetSettings => ({
  region,
  foundation: {
    quotas: {
      edge: { cpus: 8, memoryGiB: 16, pods: 20 },
      litellm: { cpus: 16, memoryGiB: 40, pods: 40 },
      llm: { cpus: 128, memoryGiB: 800, pods: 40, gpus: 32 },
      monitoring: { cpus: 8, memoryGiB: 24, pods: 40 },
    },
    packGpus: true,
    admission: admission.production,
  },
  edge: {
    replicas: 3,
    globalHost: 'api.llm-production.com',
    regionalHost: `${region.name}.api.llm-production.com`,
    tls: letsEncrypt({ kind: 'dns01', zone: 'llm-production.com' }, 'platform@llm-production.com'),
    requestsPerMinute: 100,
  },
  monitoring: monitoringOf(region),
  backup,
  recommendSizes: true,
  llm: llama70b(minReplicas),
  litellm,
});

/** Backups of a target, and of a namespace more. */
const keep = ({ backup: kept = backup }: TargetSettings, namespace: OwnNamespace): Pick<TargetSettings, 'backup'> => ({
  backup: { ...kept, namespaces: [...kept.namespaces, namespace] },
});

/** The same with predictive models beside it, on a host of their own. */
const withModels = (target: TargetSettings): TargetSettings => ({
  ...target,
  foundation: { ...target.foundation, quotas: { ...target.foundation.quotas, ml: { cpus: 48, memoryGiB: 96, pods: 40 } } },
  edge: { ...target.edge, appHosts: { ...target.edge.appHosts, ml: [`models.${target.edge.regionalHost}`] } },
  ...keep(target, 'ml'),
  mesh: 'strict',
  ml: predictiveModels({ min: 2, max: 4 }, { replicas: 2, sizeGiB: 5 }),
});

/** CodeLab runs beside the LLM API in one of its regions. */
const withCodeLab = (target: TargetSettings): TargetSettings => ({
  ...target,
  foundation: { ...target.foundation, quotas: { ...target.foundation.quotas, codelab: { cpus: 48, memoryGiB: 64, pods: 64 } } },
  edge: { ...target.edge, appHosts: { ...target.edge.appHosts, codelab: ['codelab.example.com'] } },
  ...keep(target, 'codelab'),
  codelab,
});

/** The same with chat services, for the EU alone, where users' words may be kept. */
const withChat = (target: TargetSettings): TargetSettings => ({
  ...target,
  foundation: { ...target.foundation, quotas: { ...target.foundation.quotas, gpt: { cpus: 16, memoryGiB: 40, pods: 40 } } },
  edge: { ...target.edge, appHosts: { ...target.edge.appHosts, gpt: ['chat.llm-production.com'] } },
  ...keep(target, 'gpt'),
  gpt: {
    replicas: 3,
    size: 'high',
    database: { members: 3, sizeGiB: 100 },
    cache: { replicas: 2, sizeGiB: 10 },
    requestsPerMinute: 100,
  },
});

function letsEncrypt(challenge: Extract<TlsSettings, { kind: 'lets-encrypt' }>['challenge'], email: string): TlsSettings {
  return { kind: 'lets-encrypt', server: 'production', email, challenge };
}

/** Production. */
export const prod: Environment = {
  name: 'prod',
  delivery: {
    removal: 'by-hand',
    channel: 'llm-deployments',
    freeze: { schedule: '0 16 * * 5', duration: '64h', description: 'No deployments from Friday 16:00 UTC to Monday morning' },
  },
  targets: [
    api(usWest2, 4),
    withChat(withCodeLab(withModels(api(euWest1, 4)))),
    api(usEast1, 6),
    {
      region: germanyWestCentral,
      foundation: {
        quotas: {
          edge: { cpus: 8, memoryGiB: 16, pods: 20 },
          kiva: { cpus: 16, memoryGiB: 40, pods: 40 },
          litellm: { cpus: 16, memoryGiB: 40, pods: 40 },
          llm: { cpus: 72, memoryGiB: 320, pods: 40, gpus: 16 },
          monitoring: { cpus: 8, memoryGiB: 24, pods: 40 },
        },
        admission: admission.kiva,
      },
      edge: {
        replicas: 3,
        regionalHost: 'kiva.example.com',
        tls: letsEncrypt({ kind: 'http01' }, 'kiva@example.com'),
        requestsPerMinute: 100,
      },
      monitoring: { ...monitoringOf(germanyWestCentral), consoles: true },
      backup: { ...backup, namespaces: ['kiva', 'litellm'] },
      recommendSizes: true,
      llm: {
        engine: 'vllm',
        server: 'kiva-vllm',
        model: 'llama-3.1-8b-instruct',
        gpus: 1,
        gpuMemoryUtilization: 0.9,
        maxModelLen: 16384,
        maxNumSeqs: 256,
        maxNumBatchedTokens: 8192,
        replicas: { min: 3, max: 12 },
        release: { kind: 'canary', canaryReplicas: { min: 1, max: 2 } },
        slo: { timeToFirstToken: 1, interTokenLatency: 0.05 },
        longestAnswerSeconds: 600,
        modelVolumeGiB: 200,
      },
      litellm: { ...litellm, consolePath: '/litellm' },
      kiva: {
        replicas: 3,
        size: 'high',
        database: { instances: 3, sizeGiB: 100 },
        cache: { replicas: 2, sizeGiB: 10 },
        filesGiB: 500,
        requestsPerMinute: 6000,
      },
    },
  ],
};
