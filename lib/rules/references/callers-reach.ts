import { describe } from '../../kubernetes/manifest';
import { key, kindOf } from '../object-key';
import type { Pods } from '../pods';
import type { Direction } from '../reachability';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { callsOf } from './calls';

export const callersReach: Rule = {
  id: 'callers-reach',
  title: 'Whoever is told to call an endpoint may do so: a policy lets its packets out, and one lets them in.',
  why: 'Where everything is denied, one missing policy is a connection that hangs until its timeout: no event and no log tells why.',
  fix: 'Write connect(caller, endpoint) of lib/security where the caller is told the address; it makes both policies.',
  *check(target) {
    const { reachability } = target;
    const seen = new Set<string>();
    for (const { object, field, callers, answering } of callsOf(target)) {
      for (const caller of callers) {
        for (const callee of answering.pods) {
          if (caller.object === callee.object && isAlone(caller, target)) continue;
          for (const direction of ['Egress', 'Ingress'] as const) {
            const [pods, peer] = direction === 'Egress' ? [caller, callee] : [callee, caller];
            if (reachability.allows(pods, direction, peer, answering.port)) continue;
            const message = closed(direction, caller, callee, answering.port);
            if (!seen.has(message)) yield { object, field, message };
            seen.add(message);
          }
        }
      }
    }
  },
};

/** No policy keeps a pod from itself. */
function isAlone({ object, namespace }: Pods, target: TargetIndex): boolean {
  return object !== undefined && target.scales.get(key(kindOf(object), namespace, object.metadata.name))?.max === 1;
}

function closed(direction: Direction, caller: Pods, callee: Pods, port: number | string): string {
  const [blocking, side] = direction === 'Egress' ? [caller, 'out of'] : [callee, 'into'];
  const called = callee.object === undefined ? `the pods ${callee.of}` : describe(callee.object);
  const calling = caller.object === undefined ? `the pods ${caller.of}` : describe(caller.object);
  const phase = callee.phase === 'only' ? '' : ` (${callee.phase} pods)`;
  return `has ${calling} call ${called}${phase} on port ${port}, but no NetworkPolicy lets that ${side} namespace ${blocking.namespace}`;
}
