import { describe } from '../../kubernetes/manifest';
import { key, kindOf } from '../object-key';
import type { Pods } from '../pods';
import type { Direction } from '../reachability';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { callsOf } from './calls';
import { outsideOfMesh } from './calls-in-mesh';

export const callersReach: Rule = {
  id: 'callers-reach',
  title: 'Whoever is told to call an endpoint may do so: a NetworkPolicy lets the request out, one lets it in, and so does the mesh.',
  why: 'Where everything is denied, a missing policy shows as a connection that hangs until its timeout: no event and no log tells why. A mesh resets connections that are not encrypted, and those of callers that its policies do not name.',
  fix: 'Write connect(caller, endpoint) of lib/security/connect.ts where the caller is told the address: it makes both policies. Where a policy is there, correct its labels, its ports or its namespace.',
  *check(target) {
    const seen = new Set<string>();
    const isMeshed = target.all('PeerAuthentication.security.istio.io').length > 0;
    for (const call of callsOf(target)) {
      const { object, field, callers, answering, protocol = 'TCP' } = call;
      if (isMeshed) yield* outsideOfMesh(call, target, seen);
      for (const { caller, callees, blocked } of closedTo(callers, answering.pods, answering.port, protocol, target)) {
        const port = protocol === 'TCP' ? `port ${answering.port}` : `${protocol} port ${answering.port}`;
        const message = closed(caller, callees, port, blocked);
        if (!seen.has(message)) yield { object, field, message };
        seen.add(message);
      }
    }
  },
};

/** A way of a packet that no policy opens, and what policies open there instead. */
interface Blocked {
  readonly direction: Direction;
  readonly namespace: string;
  readonly instead: string;
}

/** Calls that policies stop. The pods of a release are one callee where the same policies are missing for both phases. */
interface Closed {
  readonly caller: Pods;
  readonly callees: readonly Pods[];
  readonly blocked: readonly Blocked[];
}

function closedTo(
  callers: readonly Pods[],
  answering: readonly Pods[],
  port: number | string,
  protocol: string,
  target: TargetIndex,
): Iterable<Closed> {
  const found = new Map<string, Closed>();
  for (const caller of callers) {
    for (const callee of answering) {
      if (caller.object === callee.object && isAlone(caller, target)) continue;
      // A port of a name that the pods lack is another problem, and no policy could open it.
      if (typeof port === 'string' && callee.ports?.some(({ name }) => name === port) === false) continue;
      const blocked = (['Egress', 'Ingress'] as const).flatMap((direction) => blockedOf(direction, caller, callee, port, protocol, target));
      if (blocked.length === 0) continue;
      const id = JSON.stringify([caller.of, caller.phase, caller.namespace, callee.of, callee.namespace, blocked]);
      const callees = [...(found.get(id)?.callees ?? []), callee];
      found.set(id, { caller, callees, blocked });
    }
  }
  return found.values();
}

function blockedOf(
  direction: Direction,
  caller: Pods,
  callee: Pods,
  port: number | string,
  protocol: string,
  target: TargetIndex,
): readonly Blocked[] {
  const [pods, peer] = direction === 'Egress' ? [caller, callee] : [callee, caller];
  if (target.reachability.allows(pods, direction, peer, port, protocol)) return [];
  const instead = target.reachability.instead(pods, direction, peer).map(({ policy, ports }) => `${describe(policy)} opens ${ports}`);
  return [{ direction, namespace: pods.namespace, instead: instead.length === 0 ? '' : ` (${instead.join(', ')})` }];
}

/** No policy keeps a pod from itself. */
function isAlone({ object, namespace }: Pods, target: TargetIndex): boolean {
  return object !== undefined && target.scales.get(key(kindOf(object), namespace, object.metadata.name))?.max === 1;
}

function closed(caller: Pods, callees: readonly Pods[], port: string, blocked: readonly Blocked[]): string {
  const [callee] = callees;
  const called = callee === undefined ? '' : nameOf(callee);
  const phases = callees.flatMap(({ phase }) => (phase === 'only' ? [] : [phase]));
  const phase = phases.length === 0 ? '' : ` (${phases.join(' and ')} pods)`;
  const sides = blocked.map(
    ({ direction, namespace, instead }) => `${direction === 'Egress' ? 'out of' : 'into'} namespace ${namespace}${instead}`,
  );
  return `has ${nameOf(caller)} call ${called}${phase} on ${port}, but no NetworkPolicy lets that ${sides.join(', nor ')}`;
}

const nameOf = ({ object, of, namespace }: Pods): string =>
  object === undefined ? `the pods with ${of} in ${namespace}` : describe(object);
