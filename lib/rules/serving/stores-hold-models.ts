import { type Data, record, records } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** How names of models say how many weights there are: `Llama-3.1-8B`, `Mixtral-8x7B`, `gemma3:4b`. */
const WEIGHTS = /(?:^|[-_/:=])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?![a-z0-9])/i;

/** Bytes of one weight, as names say it. What names say nothing of is kept in 16 bits; Ollama's library takes four where nobody says. */
const BYTES: readonly (readonly [said: RegExp, bytes: number])[] = [
  [/awq|gptq|int4|4-?bit|w4a16|fp4/i, 0.5],
  [/fp8|int8|8-?bit|w8a8/i, 1],
];
const PLAIN_BYTES = 2;
const LIBRARY_BYTES = 0.5;

interface Stored {
  readonly name: string;
  readonly bytes: number;
}

export const storesHoldModels: Rule = {
  id: 'stores-hold-models',
  title: 'A claim is as large as the models that a Job puts into it.',
  why: 'A Job that runs out of space fails again and again, and every server that waits for its model waits for ever.',
  fix: 'Raise the size of the store in the settings of the target, with room for the next revision beside this one.',
  *check(target) {
    for (const [key, models] of storesOf(target)) {
      const [namespace = '', name = ''] = key.split('/');
      const object = target.find('PersistentVolumeClaim', namespace, name);
      const size: unknown = object?.spec?.resources?.requests?.storage;
      const bytes = [...models.values()].reduce((sum, model) => sum + model.bytes, 0);
      if (object === undefined || !(quantity(size) < bytes)) continue;
      const message = `is ${size}, and ${[...models.values()].map((model) => model.name).join(', ')} take ${(bytes / 2 ** 30).toFixed(1)} GiB at least`;
      yield { object, field: '/spec/resources/requests/storage', message };
    }
  },
};

/** Models by claim, as `namespace/name`. A model that is fetched in two ways is kept once. */
function storesOf(target: TargetIndex): ReadonlyMap<string, ReadonlyMap<string, Stored>> {
  const stores = new Map<string, Map<string, Stored>>();
  for (const { object, namespace, pod, containers } of target.workloads) {
    if (object.kind !== 'Job') continue;
    for (const { spec } of containers) {
      const models = modelsOf(spec);
      if (models.length === 0) continue;
      for (const { name, persistentVolumeClaim } of records(pod.volumes)) {
        const { claimName } = record(persistentVolumeClaim);
        if (claimName === undefined || !records(spec.volumeMounts).some((mount) => mount.name === name && mount.readOnly !== true))
          continue;
        const key = `${namespace}/${claimName}`;
        const store = stores.get(key) ?? new Map<string, Stored>();
        for (const model of models) store.set(model.name, model);
        stores.set(key, store);
      }
    }
  }
  return stores;
}

function modelsOf({ env }: Data): readonly Stored[] {
  const value = (name: string): string => String(records(env).find((each) => each.name === name)?.value ?? '');
  const repository = sized(value('MODEL_REPOSITORY'), PLAIN_BYTES);
  const pulled = value('OLLAMA_MODELS') === '' ? [] : value('MODEL_MARK').split(' ');
  return [repository, ...pulled.map((model) => sized(model.replace(/^.*=/, ''), LIBRARY_BYTES))].filter((model) => model !== undefined);
}

function sized(name: string, bytes: number): Stored | undefined {
  const [found, times = '1', billions] = WEIGHTS.exec(name) ?? [];
  if (found === undefined) return undefined;
  const each = BYTES.find(([said]) => said.test(name))?.[1] ?? bytes;
  return { name, bytes: Number(times) * Number(billions) * 1e9 * each };
}
