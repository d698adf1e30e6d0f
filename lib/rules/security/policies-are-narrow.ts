import { records } from '../fields';
import type { Rule } from '../rule';

/** The pods that load balancers publish: the only ones that anybody may reach. */
const PUBLISHED: readonly (readonly [label: string, value: string])[] = [
  ['slipway.dev/workload', 'kong'],
  ['istio', 'ingressgateway'],
];

export const policiesAreNarrow: Rule = {
  id: 'policies-are-narrow',
  title: 'A network policy names who may come in and on which ports; only public gateways are open to everybody.',
  why: 'A rule without `from` admits every pod and every address, and one without `ports` every port; policies only add up, so no other policy takes that back.',
  fix: 'Let connect() of lib/security/connect.ts write the rule from the endpoint that the caller was given; only gateways take requests from anywhere.',
  alone: true,
  *check(target) {
    for (const object of target.all('NetworkPolicy.networking.k8s.io')) {
      const isPublished = PUBLISHED.some(([label, value]) => object.spec?.podSelector?.matchLabels?.[label] === value);
      for (const [i, rule] of records(object.spec?.ingress).entries()) {
        const field = `/spec/ingress/${i}`;
        if (!isPublished && records(rule['from']).length === 0)
          yield { object, field, message: 'has no `from`: everybody may call the pods' };
        if (records(rule['ports']).length === 0) yield { object, field, message: 'has no `ports`: every port is open' };
      }
      for (const [i, rule] of records(object.spec?.egress).entries()) {
        if (records(rule['ports']).length > 0) continue;
        yield { object, field: `/spec/egress/${i}`, message: 'has no `ports`: every port may be called' };
      }
    }
  },
};
