import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { callersOf } from '../request-hops';
import type { Rule } from '../rule';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';

const BUFFERING = 'konghq.com/response-buffering';

export const answersAreStreamed: Rule = {
  id: 'answers-are-streamed',
  title: 'No gateway collects the answer of a model before it passes it on.',
  why: 'Kong buffers answers unless it is told not to: users see nothing until the whole answer is there.',
  fix: 'Put the annotation unbuffered of lib/routing/kong-upstream.ts on the route, and on the apex of a Canary, which hands it on to its route.',
  *check(target) {
    for (const { canary: object, provider } of target.releases) {
      if (!provider.startsWith('gatewayapi')) continue;
      const message = fault(record(record(object.spec?.service).apex).annotations);
      if (message !== undefined) yield { object, field: '/spec/service/apex/annotations/konghq.com~1response-buffering', message };
    }
    const streaming = servicesOfClients(target);
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      const streams = records(object.spec?.rules).some(({ backendRefs }) =>
        records(backendRefs).some(({ namespace = object.metadata.namespace, name }) => streaming.has(`${namespace}/${name}`)),
      );
      const message = streams ? fault(object.metadata.annotations) : undefined;
      if (message !== undefined) yield { object, field: '/metadata/annotations/konghq.com~1response-buffering', message };
    }
  },
};

function fault(annotations: unknown): string | undefined {
  const value = record(annotations)[BUFFERING];
  return value === 'false' ? undefined : `is ${JSON.stringify(value) ?? 'missing'}, not "false"`;
}

/** Services in front of whoever passes answers of models on, as `namespace/name`. */
function servicesOfClients(target: TargetIndex): ReadonlySet<string> {
  const streaming = [...target.modelClients, ...callersOf(target)].map(({ workload }) => workload);
  const leads = ({ metadata, spec }: Manifest): boolean => {
    const selector = record(spec?.selector);
    if (Object.keys(selector).length === 0) return false;
    return streaming.some(({ namespace, labels }) => namespace === metadata.namespace && selectsLabels(selector, labels));
  };
  return new Set(
    target
      .all('Service')
      .filter(leads)
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
}
