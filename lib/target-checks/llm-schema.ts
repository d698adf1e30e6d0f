import * as z from 'zod/mini';

import { SERVERS } from '../llm/llm-settings';
import { catalog } from '../models/catalog';
import { latencyBuckets } from '../observability/engine-metrics';
import { reason } from './texts';
import { choice, figure, map, oneOf, range, rule, several, text, whole } from './vocabulary';

/**
 * Volumes of models. Claims grow by 10 GiB, so less has no effect; shared file systems of clouds begin to be sold by agreement at
 * 100 TiB, and no catalogue comes near a fifth of it.
 */
const modelVolumeGiB = whole(10, 20_000);

/**
 * Longest answers, whole seconds. A stopping pod finishes what it writes: for more than an hour no cloud lets a node that it upgrades wait
 * (AKS: 30 minutes unless told otherwise; EKS: 15).
 */
export const longestAnswerSeconds = whole(1, 3600);

const release = oneOf('kind', [
  map({ kind: z.literal('canary'), canaryReplicas: range(1, 1000) }),
  map({ kind: z.literal('blue-green'), iterations: whole(1, 100) }), // one a minute
  map({ kind: z.literal('rolling'), because: text(reason) }),
]);

/** Names of the models that an engine serves. */
function served(engine: 'vllm' | 'ollama'): string[] {
  return Object.entries(catalog).flatMap(([name, model]) => (model.engine === engine ? [name] : []));
}

/** A promise that alerts can count exactly, and that an engine can keep while somebody reads along. */
const edgeOf = (edges: readonly number[], least: number, most: number) => {
  const possible = edges.filter((edge) => edge >= least && edge <= most);
  return z
    .number()
    .check(
      rule((value) =>
        possible.includes(value) ? undefined : `the engine counts no such promise, in seconds: use one of ${possible.join(', ')}`,
      ),
    );
};

const vllm = map({
  engine: z.literal('vllm'),
  server: choice(...SERVERS),
  model: choice(...served('vllm')),
  gpus: z.literal([1, 2, 4, 8]),
  // The engine ends where it does not find that much free, and the driver keeps a few percent for itself.
  gpuMemoryUtilization: figure(0.1, 0.97),
  maxModelLen: whole(1024, 10_000_000), // instructions alone of an agent are longer than that
  maxNumSeqs: whole(1, 4096), // four times what the engine itself takes on its largest GPUs
  maxNumBatchedTokens: whole(1, 131_072), // activations grow with it, and the memory plan leaves them a share of the weights
  replicas: range(1, 1000),
  release,
  // Nothing begins to answer sooner than in a tenth of a second, and nobody reads what comes slower than a token a second.
  slo: map({
    timeToFirstToken: edgeOf(latencyBuckets.timeToFirstToken, 0.1, 160),
    interTokenLatency: edgeOf(latencyBuckets.interTokenLatency, 0.01, 1),
  }),
  longestAnswerSeconds,
  modelVolumeGiB,
}).check(
  rule(({ maxNumSeqs, maxNumBatchedTokens }) =>
    maxNumBatchedTokens < maxNumSeqs
      ? `its maxNumBatchedTokens ${maxNumBatchedTokens} are fewer than its maxNumSeqs ${maxNumSeqs}, and each request takes one a step: raise or lower one`
      : undefined,
  ),
  rule(({ slo, longestAnswerSeconds: longest }) => {
    const least = Math.ceil(slo.timeToFirstToken + SHORT_ANSWER_TOKENS * slo.interTokenLatency);
    return longest < least
      ? `its longestAnswerSeconds ${longest} are over before ${SHORT_ANSWER_TOKENS} tokens are written at the pace of its slo, ${least} s: raise them, or promise more`
      : undefined;
  }),
  rule(({ replicas, release: { kind, canaryReplicas: canary } }: Replicas) => {
    if (kind !== 'canary' || canary === undefined) return undefined;
    const [end] = (['min', 'max'] as const).filter((each) => canary[each] > replicas[each]);
    return end === undefined
      ? undefined
      : `its release.canaryReplicas.${end} ${canary[end]} is above its replicas.${end} ${replicas[end]}, and a canary is a part: lower it`;
  }),
);

/** Tokens of an answer that anybody would call short. */
const SHORT_ANSWER_TOKENS = 100;

interface Ends {
  readonly min: number;
  readonly max: number;
}

interface Replicas {
  readonly replicas: Ends;
  readonly release: { readonly kind: string; readonly canaryReplicas?: Ends };
}

const ollama = map({
  engine: z.literal('ollama'),
  models: several(choice(...served('ollama')), 'model').check(
    rule((models) => (models.length === 0 ? 'it serves nothing: name a model, or leave llm out' : undefined)),
  ),
  modelVolumeGiB,
  longestAnswerSeconds,
});

export const llm = oneOf('engine', [vllm, ollama]);
