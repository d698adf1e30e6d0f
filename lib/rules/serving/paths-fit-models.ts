import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { serviceAt, VIRTUAL_SERVICE } from '../istio';
import type { Problem, Rule } from '../rule';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';

const MODEL = 'InferenceService.serving.kserve.io';

/** How the protocols of KServe name a model in a path. */
const PATH = /\/(v[12])\/models\/([^/:]+)/;

/** How each protocol asks for a prediction, and what it would be in the other one. */
const VERBS: Readonly<Record<string, string>> = { v1: ':predict', v2: '/infer' };
const UNSPOKEN: Readonly<Record<string, RegExp>> = { v1: /\/(?:predict|infer|explain)\/?$/, v2: /:(?:predict|explain)$|\/predict\/?$/ };

export const pathsFitModels: Rule = {
  id: 'paths-fit-models',
  title: 'A route whose path names a model leads to that model, in the protocol that it speaks.',
  why: 'A server of KServe answers 404 for the name of another model and for the paths of another protocol; nothing else looks wrong, as its probes ask for what it has.',
  fix: 'Take the path from the model, by the InferenceServer of lib/ml that it is defined with.',
  *check(target) {
    if (target.all(MODEL).length === 0) return;
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      for (const [i, { matches, backendRefs }] of records(object.spec?.rules).entries()) {
        for (const [j, { path }] of records(matches).entries()) {
          const { value } = record(path);
          if (!PATH.test(String(value))) continue;
          const models = records(backendRefs).flatMap(({ namespace = object.metadata.namespace, name }) =>
            modelsBehind(namespace, name, target),
          );
          yield* misfits(object, `/spec/rules/${i}/matches/${j}/path/value`, value, models, target);
        }
      }
    }
    for (const object of target.all(VIRTUAL_SERVICE)) {
      for (const [i, { match, route }] of records(object.spec?.http).entries()) {
        const models = records(route).flatMap(({ destination }) => {
          const service = serviceAt(String(record(destination).host), object.metadata.namespace ?? '');
          return service === undefined ? [] : modelsBehind(service.namespace, service.name, target);
        });
        for (const [j, { uri }] of records(match).entries()) {
          for (const way of ['exact', 'prefix'] as const)
            yield* misfits(object, `/spec/http/${i}/match/${j}/uri/${way}`, record(uri)[way], models, target);
        }
      }
    }
  },
};

/** Models whose pods a Service selects. */
function modelsBehind(namespace: unknown, name: unknown, target: TargetIndex): readonly Manifest[] {
  const selector = record(target.find('Service', String(namespace), String(name))?.spec?.selector);
  if (Object.keys(selector).length === 0) return [];
  const pods = (target.pods.get(String(namespace)) ?? []).filter(({ labels }) => selectsLabels(selector, labels));
  return pods.flatMap(({ object }) => (object?.kind === 'InferenceService' ? [object] : []));
}

function* misfits(object: Manifest, field: string, path: unknown, models: readonly Manifest[], target: TargetIndex): Iterable<Problem> {
  const [, protocol, name] = PATH.exec(String(path ?? '')) ?? [];
  for (const model of name === undefined ? [] : models) {
    const spoken = protocolOf(model, target);
    if (name !== model.metadata.name)
      yield { object, field, message: `is ${String(path)}, and its backend serves ${model.metadata.name}: it answers 404` };
    else if (protocol !== spoken)
      yield { object, field, message: `is ${String(path)}, and InferenceService/${name} speaks ${spoken} of the protocol: it answers 404` };
    else if (UNSPOKEN[protocol]?.test(String(path)))
      yield { object, field, message: `is ${String(path)}, and ${protocol} of the protocol has no such path: ${VERBS[protocol]} is meant` };
  }
}

/** The protocol that a model asks for; without a word, the first one of its runtime. */
function protocolOf({ metadata, spec }: Manifest, target: TargetIndex): string {
  const { protocolVersion, runtime } = record(record(spec?.predictor).model);
  const spoken = target.find('ServingRuntime.serving.kserve.io', metadata.namespace ?? '', String(runtime))?.spec?.protocolVersions;
  return String(protocolVersion ?? (Array.isArray(spoken) ? spoken[0] : undefined) ?? 'v1');
}
