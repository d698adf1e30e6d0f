import { type Data, isRecord, record, records } from '../fields';
import type { Rule } from '../rule';

/** The pods that load balancers publish: the only ones that anybody may reach. */
const PUBLISHED: readonly (readonly [label: string, value: string])[] = [
  ['slipway.dev/workload', 'kong'],
  ['istio', 'ingressgateway'],
];

const EVERYWHERE: ReadonlySet<unknown> = new Set(['0.0.0.0/0', '::/0']);

/** Addresses of pods and nodes, and of the service that hands out the credentials of a node. */
const INSIDE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];

const isEmpty = (selector: unknown): boolean => isRecord(selector) && Object.keys(selector).length === 0;

/** A peer that selects all namespaces, and in them all pods. */
const isAnybody = ({ namespaceSelector, podSelector, ipBlock }: Data): boolean =>
  isEmpty(namespaceSelector) && (podSelector === undefined || isEmpty(podSelector)) && ipBlock === undefined;

/** What of the inside an address block for the internet leaves open. */
function unexcepted({ ipBlock }: Data): string | undefined {
  const { cidr, except } = record(ipBlock);
  if (!EVERYWHERE.has(cidr) || cidr === '::/0') return undefined;
  const excepted: readonly unknown[] = Array.isArray(except) ? except : [];
  return INSIDE.find((range) => !excepted.includes(range));
}

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
        for (const [j, peer] of records(rule['from']).entries()) {
          if (isAnybody(peer)) yield { object, field: `${field}/from/${j}`, message: 'selects every pod of every namespace' };
        }
        if (!isPublished && records(rule['from']).length === 0)
          yield { object, field, message: 'has no `from`: everybody may call the pods' };
        if (records(rule['ports']).length === 0) yield { object, field, message: 'has no `ports`: every port is open' };
      }
      for (const [i, rule] of records(object.spec?.egress).entries()) {
        for (const [j, peer] of records(rule['to']).entries()) {
          const open = unexcepted(peer);
          if (open === undefined) continue;
          const message = `leads to all addresses, ${open} included: except those of the cluster, of its nodes and of their credentials`;
          yield { object, field: `/spec/egress/${i}/to/${j}/ipBlock`, message };
        }
        if (records(rule['ports']).length > 0) continue;
        yield { object, field: `/spec/egress/${i}`, message: 'has no `ports`: every port may be called' };
      }
    }
  },
};
