import * as z from 'zod/mini';

import { quote } from '../messages/quote';
import { wordsFor } from './agreement';
import { valueAt } from './plain-values';
import { formMistakes } from './schema-mistakes';
import { branch, gitUrl, servedName, url } from './texts';
import { choice, figure, map, oneOf, rule, text, whole } from './vocabulary';

const shape = map({
  layers: whole(1, 512),
  attentionHeads: whole(1, 512),
  kvHeads: whole(1, 512),
  headDim: whole(16, 1024),
  maxPositions: whole(512, 100_000_000),
}).check(
  rule(({ attentionHeads, kvHeads }) =>
    attentionHeads % kvHeads === 0
      ? undefined
      : `its attentionHeads ${attentionHeads} are no multiple of its kvHeads ${kvHeads}: copy both from config.json`,
  ),
);

const groupSize = whole(-1, 1024).check(rule((value) => (value === 0 ? 'no group is empty: copy it from the checkpoint' : undefined)));

const quantization = oneOf('method', [
  map({ method: z.literal('none') }),
  map({ method: z.literal('awq'), bits: z.literal(4), groupSize }),
  map({ method: z.literal('gptq'), bits: z.literal([4, 8]), groupSize }),
  map({ method: z.literal('fp8'), bits: z.literal(8), groupSize }),
]);

const model = oneOf('engine', [
  map({
    ...{ engine: z.literal('vllm'), framework: choice('pytorch'), servedName: text(servedName), gated: z.boolean() },
    ...{ shape, quantization },
  }),
  map({ engine: z.literal('ollama'), servedName: text(servedName) }),
]);

/** From the smallest card that serves anything to twice the largest that is sold; kernels of the engine begin at 7.0. */
const gpu = map({ memoryGiB: figure(4, 600), computeCapability: figure(5, 20) });

const repository = map({ url: text(gitUrl), revision: text(branch), docs: text(url) });

/** What is written once for all targets. */
export interface Catalogs {
  readonly models: Readonly<Record<string, unknown>>;
  readonly gpus: Readonly<Record<string, unknown>>;
  readonly repository: unknown;
}

/** One message for each mistake in what all targets share. */
export function* catalogMistakes({ models, gpus, repository: ours }: Catalogs): Generator<string> {
  for (const [name, facts] of Object.entries(models)) yield* messages(model, facts, `model ${quote(name)}`, 'lib/models/catalog.ts');
  for (const [name, facts] of Object.entries(gpus)) yield* messages(gpu, facts, `GPU ${quote(name)}`, 'lib/regions/gpu.ts');
  yield* messages(repository, ours, 'the repository', 'lib/repository.ts');
}

function* messages(schema: z.ZodMiniType, value: unknown, of: string, file: string): Generator<string> {
  for (const { path, mistake } of formMistakes(schema, value)) {
    const field = path.map(String).join('.');
    yield `${wordsFor(valueAt(value, path), field)}${field === '' ? ' ' : ' of '}${of} as ${mistake} (${file})`;
  }
}
