import { records } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';
import type { Workload } from '../workload';

const OLLAMA = /\/ollama\/ollama:/;

/** The size in a tag of Ollama's library, `gemma3:4b`: billions of weights. */
const SIZE = /(?:^|[\s=])[\w./-]+:(\d+(?:\.\d+)?)b\b/g;

/** Nothing that Ollama's library quantizes by default takes less than four bits for a weight. */
const BYTES_PER_WEIGHT = 0.5;

/** How many models Ollama loads on a CPU where nobody says. */
const LOADED = 3;

export const modelsFitMemory: Rule = {
  id: 'models-fit-memory',
  title: 'The models that an Ollama may load at once fit the memory of its container.',
  why: 'Ollama starts and looks healthy; the first request for a model that is too large ends it, and the next one does so again.',
  fix: 'Raise the memory in lib/llm/ollama-chart.ts, pull a smaller model, or lower OLLAMA_MAX_LOADED_MODELS.',
  alone: true,
  *check(target) {
    for (const workload of target.workloads) {
      const server = workload.containers.find(
        ({ spec, init }) => !init && OLLAMA.test(String(spec.image)) && records(spec.ports).length > 0,
      );
      if (server === undefined) continue;
      const { resources, env } = server.spec;
      const told = Number(records(env).find(({ name }) => name === 'OLLAMA_MAX_LOADED_MODELS')?.value ?? LOADED);
      const largest = sizesOf(workload)
        .sort((one, other) => other - one)
        .slice(0, told > 0 ? told : LOADED);
      const bytes = largest.reduce((sum, billions) => sum + billions * 1e9 * BYTES_PER_WEIGHT, 0);
      if (!(bytes > quantity(resources?.limits?.memory))) continue;
      const models = `${largest.length} model${largest.length === 1 ? '' : 's'} of ${largest.map((size) => `${size} billion`).join(' and ')} weights`;
      yield {
        object: workload.object,
        field: `${server.field}/resources/limits/memory`,
        message: `is ${resources.limits.memory}, and ${models} take ${(bytes / 2 ** 30).toFixed(1)} GiB at least`,
      };
    }
  },
};

const sizesOf = ({ containers }: Workload): number[] =>
  containers
    .flatMap(({ spec }) => records(spec.env).flatMap(({ value }) => (typeof value === 'string' ? [...value.matchAll(SIZE)] : [])))
    .map(([, size]) => Number(size));
