import { addressOf, destinationOf } from '../destinations';
import { record, records } from '../fields';
import { settings } from '../file-settings';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { enginesOf, servedNames } from './engines';

/** How LiteLLM names a model behind vLLM. */
const OF_ENGINE = /^hosted_vllm\/(.+)$/;

/** The model in the body of a request. */
const ASKED = /"model"\s*:\s*"([^"]+)"/g;

export const modelsAreServed: Rule = {
  id: 'models-are-served',
  title: 'Every model that a program asks a gateway for, and a gateway or a load test an engine, is served under that name.',
  why: 'An engine answers 404 to a model name that it does not serve: users see errors, and a load test that gets only errors rolls every release back.',
  fix: 'Take the name from the model handle, which names it in the engine, the gateway and the payload alike; models are in lib/models/catalog.ts.',
  *check(target) {
    yield* ofCallers(target);
    const engines = enginesOf(target);
    if (engines.length === 0) return;
    const names = servedNames(engines);
    const problem = (name: string): string => `asks for "${name}", which no engine serves${there(names)}`;

    for (const { file, models } of target.modelClients) {
      for (const { model } of models) {
        const [, name] = OF_ENGINE.exec(model) ?? [];
        if (name !== undefined && !names.includes(name)) yield { object: file.object, field: file.field, message: problem(name) };
      }
    }
    for (const object of target.all('ConfigMap')) {
      for (const [file, text] of Object.entries(record(object.data))) {
        if (!file.endsWith('.json') || typeof text !== 'string') continue;
        const unserved = [...text.matchAll(ASKED)].find(([, name = '']) => !names.includes(name));
        if (unserved !== undefined) yield { object, field: `/data/${file}`, message: problem(unserved[1] ?? '') };
      }
    }
  },
};

/** Variables with a base URL, and those that name a model of it: `LLM_BASE_URL` and `LLM_MODEL`. */
const BASE = /^(\w+?)(?:_API)?_BASE_URLS?$/;
const OF_CHAT = ['DEFAULT_MODELS', 'TASK_MODEL_EXTERNAL'];

/** Programs that are told which model they ask a LiteLLM for. */
function* ofCallers(target: TargetIndex): Iterable<Problem> {
  for (const { spec, field, workload } of target.containers()) {
    const env = records(spec.env);
    for (const { name, value } of env) {
      const [, prefix] = (typeof value === 'string' && BASE.exec(String(name))) || [];
      const names = prefix === undefined ? undefined : offeredAt(value, workload.namespace, target);
      if (names === undefined || names.some((each) => each.includes('*'))) continue;
      for (const [i, told] of env.entries()) {
        if (typeof told.value !== 'string' || ![`${prefix}_MODEL`, `${prefix}_MODELS`, ...OF_CHAT].includes(told.name)) continue;
        const unknown = told.value.split(',').find((each: string) => each !== '' && !names.includes(each));
        if (unknown === undefined) continue;
        const message = `is "${unknown}", a model that the gateway at ${value} does not know${there(names, unknown)}`;
        yield { object: workload.object, field: `${field}/env/${i}/value`, message };
      }
    }
  }
}

/** The models of the LiteLLM that a base URL leads to; undefined where it leads to something else. */
function offeredAt(base: string, namespace: string, target: TargetIndex): readonly string[] | undefined {
  const destination = destinationOf(addressOf(base)?.host ?? '', namespace, target);
  const client = target.modelClients.find(({ workload }) => destination.kind === 'pods' && destination.workloads.includes(workload.object));
  return client && settings(client.file.text, 'model_name').map(({ value }) => value);
}
