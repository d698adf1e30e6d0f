import { record } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { enginesOf, servedNames } from './engines';

/** How LiteLLM names a model behind vLLM. */
const OF_ENGINE = /^hosted_vllm\/(.+)$/;

/** The model in the body of a request. */
const ASKED = /"model"\s*:\s*"([^"]+)"/g;

export const modelsAreServed: Rule = {
  id: 'models-are-served',
  title: 'Every model that a gateway or a load test asks an engine for is served under that name.',
  why: 'An engine answers 404 to a model name that it does not serve: users see errors, and a load test that gets only errors rolls every release back.',
  fix: 'Take the name from the model handle, which names it in the engine, the gateway and the payload alike; models are in lib/models/catalog.ts.',
  *check(target) {
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
