import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const PREFIX = 'konghq.com/';

export const weightedBackendsAgree: Rule = {
  id: 'weighted-backends-agree',
  title: 'Services that share the traffic of a route carry the same Kong annotations.',
  why: "Kong's controller makes one upstream of both Services and refuses the route if their konghq.com annotations differ: the release gets no traffic, or the route disappears.",
  fix: 'Give primary and canary the same annotations, from kongUpstream() of lib/routing/kong-upstream.ts.',
  *check(target) {
    for (const { canary: object } of target.releases) {
      const { primary, canary } = record(object.spec?.service);
      const field = '/spec/service/canary/annotations';
      yield* differences(object, field, record(canary).annotations, record(primary).annotations, 'the primary');
    }
    for (const route of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      for (const { backendRefs } of records(route.spec?.rules)) {
        const [first, ...others] = services(backendRefs, route, target);
        for (const other of others) {
          const { annotations, name } = { ...first?.metadata };
          yield* differences(other, '/metadata/annotations', other.metadata.annotations, annotations, `Service/${name}`);
        }
      }
    }
  },
};

function services(backendRefs: Data, { metadata }: Manifest, target: TargetIndex): readonly Manifest[] {
  return records(backendRefs).flatMap(({ namespace = metadata.namespace ?? '', name }) => target.find('Service', namespace, name) ?? []);
}

function* differences(object: Manifest, field: string, own: Data, others: Data, beside: string): Iterable<Problem> {
  const [mine, theirs] = [record(own), record(others)];
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    if (!name.startsWith(PREFIX) || mine[name] === theirs[name]) continue;
    const message = `is ${shown(mine[name])}, but ${shown(theirs[name])} on ${beside}, with which it shares traffic`;
    yield { object, field: `${field}/${escaped(name)}`, message };
  }
}

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));
