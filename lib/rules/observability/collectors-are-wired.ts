import type { Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import { perObject } from '../per-object';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { type Collector, collectorIn, type Pipeline } from './collector';

/** What drops or chooses: it must see single items before they are packed. */
const CHOOSES = /^(?:tail_sampling|probabilistic_sampler|filter|memory_limiter)(?:\/|$)/;

/** What a collector makes pipelines of. */
const SIGNALS = ['traces', 'metrics', 'logs', 'profiles'];

const PARTS = ['receivers', 'processors', 'exporters'] as const;

export const collectorsAreWired: Rule = {
  id: 'collectors-are-wired',
  title: 'A collector uses every part that its file defines, in an order that works, and no other.',
  why: 'A part that no pipeline names does nothing and is no error: contents of prompts that it was to delete are stored, and what it was to drop is kept. A part that is named and not defined ends the collector at its start.',
  fix: 'Name the part in a pipeline of `service`, or remove it: memory_limiter first, then what chooses, batch after it.',
  alone: true,
  *check(target) {
    for (const object of target.all('ConfigMap')) for (const [field, message] of faultsOf(object)) yield { object, field, message };
  },
};

const faultsOf = perObject(({ data }: Manifest): readonly (readonly [field: string, message: string])[] =>
  Object.entries(record(data)).flatMap(([name, text]) => {
    const collector = typeof text === 'string' && text.includes('pipelines:') ? collectorIn(text) : undefined;
    return collector === undefined ? [] : [...faults(collector)].map((message) => [`/data/${name}`, message] as const);
  }),
);

function* faults({ parts, extensions, pipelines }: Collector): Iterable<string> {
  const connectors = parts.get('connectors') ?? [];
  for (const kind of PARTS) {
    const defined = parts.get(kind) ?? [];
    const known = kind === 'processors' ? defined : [...defined, ...connectors];
    const used = pipelines.flatMap((pipeline) => pipeline[kind]);
    for (const name of new Set(used.filter((each) => !known.includes(each))))
      yield `has a pipeline with "${name}", which is not among its ${kind}${there(known, name)}`;
    for (const name of defined.filter((each) => !used.includes(each)))
      yield `defines "${name}" among its ${kind}, which no pipeline uses: it does nothing`;
  }
  for (const name of connectors)
    for (const kind of ['receivers', 'exporters'] as const)
      if (!pipelines.some((pipeline) => pipeline[kind].includes(name)))
        yield `defines the connector "${name}", which no pipeline has among its ${kind}`;
  const known = parts.get('extensions') ?? [];
  for (const name of extensions.filter((each) => !known.includes(each)))
    yield `starts the extension "${name}", which it does not define${there(known, name)}`;
  for (const name of known.filter((each) => !extensions.includes(each))) yield `defines the extension "${name}", which it does not start`;
  for (const pipeline of pipelines) yield* ofPipeline(pipeline);
}

function* ofPipeline({ name, receivers, processors, exporters }: Pipeline): Iterable<string> {
  if (!SIGNALS.includes(name.split('/')[0] ?? '')) yield `has the pipeline "${name}", which is of no signal${there(SIGNALS, name)}`;
  if (receivers.length === 0) yield `has nothing come into the pipeline "${name}"`;
  if (exporters.length === 0) yield `has nothing leave the pipeline "${name}"`;
  const limiter = processors.findIndex((each) => /^memory_limiter(?:\/|$)/.test(each));
  if (limiter > 0)
    yield `has "${processors[0]}" before "${processors[limiter]}" in the pipeline "${name}": it takes memory that nobody limits`;
  const batch = processors.findIndex((each) => /^batch(?:\/|$)/.test(each));
  const late = batch < 0 ? undefined : processors.slice(batch + 1).find((each) => CHOOSES.test(each) && each !== processors[limiter]);
  if (late !== undefined) yield `packs items before "${late}" in the pipeline "${name}", which chooses among them`;
}
