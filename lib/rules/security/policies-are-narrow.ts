import { records } from '../fields';
import type { Rule } from '../rule';

/** The pods that a load balancer publishes: the only ones that anybody may reach. */
const PUBLISHED = { label: 'slipway.dev/workload', value: 'kong' };

export const policiesAreNarrow: Rule = {
  id: 'policies-are-narrow',
  title: 'A network policy names who may come in and on which ports; only the public gateway is open to everybody.',
  why: 'A rule without `from` admits every pod and every address, and one without `ports` every port: policies only ever add up, so no other one takes that back.',
  fix: 'Let connect() write the rule from the endpoint that the caller was given; what is published is published by the gateway.',
  alone: true,
  *check(target) {
    for (const object of target.all('NetworkPolicy.networking.k8s.io')) {
      const isPublished = object.spec?.podSelector?.matchLabels?.[PUBLISHED.label] === PUBLISHED.value;
      for (const [i, rule] of records(object.spec?.ingress).entries()) {
        const field = `/spec/ingress/${i}`;
        if (!isPublished && records(rule['from']).length === 0) yield { object, field, message: 'names nobody, so everybody may come in' };
        if (records(rule['ports']).length === 0) yield { object, field, message: 'names no port, so every port is open' };
      }
      for (const [i, rule] of records(object.spec?.egress).entries()) {
        if (records(rule['ports']).length > 0) continue;
        yield { object, field: `/spec/egress/${i}`, message: 'names no port, so every port may be called' };
      }
    }
  },
};
