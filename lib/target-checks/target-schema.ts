import * as z from 'zod/mini';

import { ownNamespaces } from '../kubernetes/namespaces';
import { modelRuntimes } from '../ml/model-runtimes';
import { catalog } from '../models/catalog';
import { region } from './region-schema';
import { email, host, moment, network, placeName, sentence, slackChannel, url } from './texts';
import { choice, figure, oneOf, range, rule, text, whole } from './vocabulary';

const quota = z.looseObject({
  cpus: figure(0.1, 1_000_000),
  memoryGiB: figure(0.1, 10_000_000),
  pods: whole(1, 100_000),
  gpus: z.optional(whole(0, 100_000)),
});

const consequence = choice('deny', 'audit');

const admission = z.looseObject({
  baseline: consequence,
  signatures: z.array(
    z.looseObject({
      name: text(placeName),
      images: text(sentence),
      signedBy: oneOf('kind', [
        z.looseObject({ kind: z.literal('identity'), issuer: text(sentence), subject: text(sentence) }),
        z.looseObject({ kind: z.literal('key'), kms: text(sentence) }),
      ]),
      unsigned: consequence,
    }),
  ),
});

const tls = oneOf('kind', [
  z.looseObject({ kind: z.literal('internal-ca') }),
  z.looseObject({
    kind: z.literal('lets-encrypt'),
    server: choice('staging', 'production'),
    email: text(email),
    challenge: oneOf('kind', [z.looseObject({ kind: z.literal('dns01'), zone: text(host) }), z.looseObject({ kind: z.literal('http01') })]),
  }),
]);

const release = oneOf('kind', [
  z.looseObject({ kind: z.literal('canary'), canaryReplicas: range(1, 1000) }),
  z.looseObject({ kind: z.literal('blue-green'), iterations: whole(1, 1000) }),
  z.looseObject({ kind: z.literal('rolling'), because: text(sentence) }),
]);

const sizeGiB = whole(1, 65_536); // the largest volume that a cloud sells
const seconds = figure(1, 86_400);

/** Names of the models that an engine serves. */
function served(engine: 'vllm' | 'ollama'): string[] {
  return Object.entries(catalog).flatMap(([name, model]) => (model.engine === engine ? [name] : []));
}

const llm = oneOf('engine', [
  z.looseObject({
    engine: z.literal('vllm'),
    server: text(placeName),
    model: choice(...served('vllm')),
    gpus: z.literal([1, 2, 4, 8]),
    gpuMemoryUtilization: figure(0.1, 1),
    maxModelLen: whole(1, 10_000_000),
    maxNumSeqs: whole(1, 65_536),
    maxNumBatchedTokens: whole(1, 10_000_000),
    replicas: range(1, 1000),
    release,
    slo: z.looseObject({ timeToFirstToken: figure(0.001, 3600), interTokenLatency: figure(0.001, 3600) }),
    longestAnswerSeconds: seconds,
    modelVolumeGiB: sizeGiB,
  }),
  z.looseObject({
    engine: z.literal('ollama'),
    models: z.array(choice(...served('ollama'))).check(
      rule((models) => {
        if (models.length === 0) return 'it serves nothing: name a model, or leave llm out';
        return new Set(models).size < models.length ? 'a model is named twice: remove one' : undefined;
      }),
    ),
    modelVolumeGiB: sizeGiB,
    longestAnswerSeconds: seconds,
  }),
]);

const scale = oneOf('kind', [
  z.looseObject({ kind: z.literal('fixed'), replicas: whole(1, 1000) }),
  z.extend(range(1, 1000), { kind: z.literal('auto') }),
]);

const elasticsearch = z.looseObject({ kind: z.literal('elasticsearch'), url: text(url), network: text(network) });

const requestsPerMinute = whole(1, 10_000_000);

const recovery = z.looseObject({ fromArchive: whole(1, 1000), until: text(moment) });

/** An app with a database and a cache. */
const stateful = {
  size: choice('low', 'high'),
  database: z.looseObject({ instances: z.literal([1, 3]), sizeGiB, recovery: z.optional(recovery) }),
  cache: z.looseObject({ replicas: z.literal([0, 2]), sizeGiB }),
};

const model = {
  name: text(placeName),
  runtime: choice(...Object.keys(modelRuntimes)),
  version: text(placeName),
  cpus: figure(0.1, 1000),
  memoryGiB: figure(0.1, 10_000),
  gpus: z.optional(whole(1, 16)),
  answersWithin: figure(0.001, 3600),
  path: z.optional(text(sentence)),
};

const serving = {
  runtimes: z.array(choice(...Object.keys(modelRuntimes))),
  storage: oneOf('kind', [z.looseObject({ kind: z.literal('bucket') }), z.looseObject({ kind: z.literal('minio'), sizeGiB })]),
  longestAnswerSeconds: seconds,
};

const countedByKong = { requestsPerMinute, cache: stateful.cache };

/** A setting that has no meaning beside others. */
const without = (mistake: string) => z.optional(z.unknown().check(rule(() => mistake)));

const standard = {
  mode: z.literal('Standard'),
  ...serving,
  models: z.array(
    z.looseObject({
      ...model,
      replicas: range(1, 1000),
      scale: z.looseObject({ metric: choice('cpu', 'memory'), target: whole(1, 100) }),
      canaryTrafficPercent: without('only Knative divides requests: leave it out, or serve with mode "Knative"'),
    }),
  ),
};

const uncounted = without('Istio\'s gateway counts no requests: leave it out, or take exposure "kong"');

const ml = oneOf('mode', [
  oneOf('exposure', [
    z.looseObject({
      ...{ ...standard, exposure: z.optional(z.literal('kong')), ...countedByKong },
      clients: without('only Istio\'s gateway is told here who lets clients in: leave it out, or take exposure "istio-gateway"'),
    }),
    z.looseObject({
      ...{ ...standard, exposure: z.literal('istio-gateway'), requestsPerMinute: uncounted, cache: uncounted },
      clients: z.looseObject({ issuer: text(sentence), audience: text(sentence), jwksUri: text(url) }),
    }),
  ]),
  z.looseObject({
    mode: z.literal('Knative'),
    exposure: z.optional(choice('kong', 'knative-domain')),
    ...serving,
    ...countedByKong,
    models: z.array(
      z
        .looseObject({
          ...model,
          replicas: range(0, 1000),
          scale: z.looseObject({ metric: choice('concurrency', 'rps'), target: whole(1, 100_000) }),
          canaryTrafficPercent: z.optional(whole(1, 99)),
        })
        .check(
          rule(({ gpus, replicas }) =>
            gpus !== undefined && replicas.min < 1 ? 'it sleeps on GPUs, and would wait for a node to wake: keep one replica' : undefined,
          ),
        ),
    ),
  }),
]);

/**
 * What types cannot say about a target, and what they say to nobody where no compiler runs. Settings that it does not know pass:
 * their constructs check them.
 */
export const targetSchema = z.looseObject({
  environment: text(placeName),
  delivery: z.looseObject({
    removal: choice('cascade', 'by-hand'),
    freeze: z.optional(z.looseObject({ schedule: text(sentence), duration: text(sentence), description: text(sentence) })),
    channel: z.optional(text(slackChannel)),
    rollingSync: z.optional(z.looseObject({ because: text(sentence) })),
  }),
  region,
  foundation: z.looseObject({ quotas: z.record(z.string(), z.optional(quota)), admission: z.optional(admission) }),
  edge: z.looseObject({
    replicas: whole(1, 1000),
    regionalHost: text(host),
    globalHost: z.optional(text(host)),
    appHosts: z.optional(z.record(z.string(), z.array(text(host)))),
    reachedBy: z.optional(choice('everybody', 'cluster')),
    tls,
    requestsPerMinute,
  }),
  monitoring: z.optional(
    z.looseObject({
      replicas: whole(1, 100),
      retentionDays: whole(1, 3650),
      sizeGiB,
      alertChannel: text(slackChannel),
      consoles: z.optional(z.boolean()),
      logs: z.optional(oneOf('kind', [z.looseObject({ kind: z.literal('loki'), retentionDays: whole(1, 3650), sizeGiB }), elasticsearch])),
      tracing: z.optional(
        z.looseObject({
          keptPercent: figure(0, 100),
          retentionHours: whole(1, 8760),
          storage: oneOf('kind', [z.looseObject({ kind: z.literal('volume'), sizeGiB }), elasticsearch]),
        }),
      ),
    }),
  ),
  backup: z.optional(z.looseObject({ namespaces: z.array(choice(...ownNamespaces)), hour: whole(0, 23), keepDays: whole(1, 3650) })),
  llm: z.optional(llm),
  litellm: z.looseObject({ scale, ...stateful, consolePath: z.optional(choice('/litellm')) }),
  gpt: z.optional(
    z.looseObject({
      ...stateful,
      replicas: whole(1, 1000),
      model: z.optional(choice(...Object.keys(catalog))),
      database: z.looseObject({ members: z.literal([1, 3]), sizeGiB }),
      requestsPerMinute,
    }),
  ),
  ml: z.optional(ml),
  mesh: z.optional(choice('strict', 'permissive')),
  kiva: z.optional(z.looseObject({ replicas: whole(1, 1000), ...stateful, filesGiB: sizeGiB, requestsPerMinute })),
  codelab: z.optional(
    z.looseObject({
      scale: z.looseObject({ gateway: scale, agentRuntime: scale, authService: scale, llmProxy: scale }),
      ...stateful,
      ...{ workspacesGiB: sizeGiB, authDataGiB: sizeGiB, requestsPerMinute },
    }),
  ),
});
