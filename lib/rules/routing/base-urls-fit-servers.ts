import { addressOf, destinationOf } from '../destinations';
import { records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** Path below which a server answers, by the protocol that a list of models names. */
const PATHS: Readonly<Record<string, string>> = { hosted_vllm: '/v1', openai: '/v1', ollama: '', ollama_chat: '' };

/** What Ollama waits for before it starts: `tinyllama=tinyllama:1.1b gemma3=gemma3:4b`, of which clients may ask for what is before the sign. */
const PULLED = 'MODEL_MARK';

export const baseUrlsFitServers: Rule = {
  id: 'base-urls-fit-servers',
  title: 'Every base URL of a model ends where the protocol of its server begins, and an Ollama there has the model.',
  why: 'The server answers 404 below every other path, and for a model that it does not have; nothing else looks wrong.',
  fix: 'Take the base URL from the endpoint of the model, and the protocol from its engine.',
  *check(target) {
    for (const { workload, file, models } of target.modelClients) {
      for (const { model, base, line } of models) {
        const protocol = model.slice(0, model.indexOf('/'));
        const path = PATHS[protocol];
        const address = addressOf(base);
        if (address === undefined || path === undefined) continue;
        const { kind } = destinationOf(address.host, workload.namespace, target);
        if (kind === 'elsewhere') continue;
        const problem = (message: string) => ({
          object: file.object,
          field: file.field,
          message: `has in line ${line} "${base}", ${message}`,
        });

        if (address.path.replace(/\/$/, '') !== path) yield problem(`but ${protocol} is served below "${path === '' ? '/' : path}"`);
        if (!protocol.startsWith('ollama')) continue;
        const name = model.slice(protocol.length + 1);
        for (const server of serversAt(address.host, workload.namespace, target)) {
          const pulled = modelsOf(server);
          if (pulled.length > 0 && !pulled.includes(name)) yield problem(`where "${name}" is none of the models (${pulled.join(', ')})`);
        }
      }
    }
  },
};

function serversAt(host: string, namespace: string, target: TargetIndex): readonly Workload[] {
  const destination = destinationOf(host, namespace, target);
  return destination.kind === 'pods' ? target.workloads.filter(({ object }) => destination.workloads.includes(object)) : [];
}

function modelsOf({ containers }: Workload): readonly string[] {
  const marks = containers.flatMap(({ spec }) => records(spec.env).filter(({ name }) => name === PULLED));
  return marks.flatMap(({ value }) =>
    typeof value === 'string' && value.includes('=') ? value.split(' ').map((each) => each.replace(/=.*/, '')) : [],
  );
}
