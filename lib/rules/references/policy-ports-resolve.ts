import { MESH_PORT } from '../../kubernetes/mesh';
import { type Data, isRecord, records } from '../fields';
import type { Pods } from '../pods';
import type { Problem, Rule } from '../rule';
import { there } from './there';

export const policyPortsResolve: Rule = {
  id: 'policy-ports-resolve',
  title: 'Every port that a network policy opens is declared by the pods that it leads to.',
  why: 'A policy compares the port of the pod, not that of the Service: callers of any other port run into timeouts.',
  fix: 'Take the port from the endpoint, as connect() of lib/security/connect.ts does.',
  *check(target) {
    for (const { object, field, selected } of target.selections) {
      if (object.kind !== 'NetworkPolicy') continue;
      const [, , direction, index] = field.split('/');
      const rules = records(object.spec?.[direction === 'podSelector' ? 'ingress' : 'egress']);
      if (direction === 'podSelector') {
        for (const [i, rule] of rules.entries()) yield* faults(rule, selected, object, `/spec/ingress/${i}`);
      } else if (direction === 'egress') {
        yield* faults(rules[Number(index)], selected, object, `/spec/egress/${index}`);
      }
    }
  },
};

function* faults(rule: Data, pods: readonly Pods[], object: Problem['object'], field: string): Iterable<Problem> {
  if (pods.length === 0 || pods.some(({ ports }) => ports === undefined) || !isRecord(rule)) return;
  const declared = pods.flatMap(({ ports }) => ports ?? []);
  for (const [i, { port, endPort = port }] of records(rule.ports).entries()) {
    const open =
      port === MESH_PORT ||
      declared.some(({ name, containerPort }) => name === port || (containerPort >= port && containerPort <= endPort));
    if (open || port === undefined) continue;
    const names = there(new Set(declared.map(({ name, containerPort }) => `${name ?? ''} ${containerPort}`.trim())));
    yield {
      object,
      field: `${field}/ports/${i}/port`,
      message: `is ${JSON.stringify(port)}, which no pod of ${pods[0]?.of} declares${names}`,
    };
  }
}
