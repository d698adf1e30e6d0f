import { describe } from '../../kubernetes/manifest';
import { MESH_PORT } from '../../kubernetes/mesh';
import { type Data, record, records } from '../fields';
import { policiesFor } from '../istio';
import { isMember, isStrict } from '../mesh';
import type { Pods } from '../pods';
import type { Problem } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Call } from './call';

const POLICIES = 'AuthorizationPolicy.security.istio.io';

/**
 * What keeps a call out of a mesh although network policies open its port: a member is called through the tunnel of its node, which has a
 * port of its own, by other members, and by those whom its policies name.
 *
 * @param seen what was said of other calls: one policy is missing once, whoever it keeps out
 */
export function* outsideOfMesh({ object, field, callers, answering }: Call, target: TargetIndex, seen: Set<string>): Iterable<Problem> {
  for (const callee of answering.pods) {
    if (answering.port === MESH_PORT || !isMember(callee, target)) continue;
    const strict = isStrict(callee.namespace, target);
    const policies = policiesFor(POLICIES, callee, target).filter(({ spec }) => (record(spec).action ?? 'ALLOW') === 'ALLOW');
    for (const caller of callers) {
      // Whether pods of addons are members is said where they are installed.
      const tunnels = isMember(caller, target) || (caller.object === undefined && strict);
      const once = function* (key: string, problem: Problem): Iterable<Problem> {
        if (!seen.has(key)) yield problem;
        seen.add(key);
      };
      const call = `has ${nameOf(caller)} call ${nameOf(callee)}`;
      if (!tunnels) {
        if (strict)
          yield* once(`plain ${caller.namespace} ${caller.of} ${callee.namespace}`, {
            ...{ object, field },
            message: `${call}, whose mesh takes encrypted calls alone, and the caller is no member of it`,
          });
        continue;
      }
      for (const [direction, pods, peer] of [
        ['Egress', caller, callee],
        ['Ingress', callee, caller],
      ] as const) {
        // Routes of Istio ask for the tunnel themselves.
        if (caller.labels['istio'] !== undefined || target.reachability.allows(pods, direction, peer, MESH_PORT)) continue;
        const way = `${direction === 'Egress' ? 'out of' : 'into'} namespace ${pods.namespace}`;
        const message = `${call} through the mesh, but no NetworkPolicy lets its tunnel, port ${MESH_PORT}, ${way}`;
        yield* once(way, { object, field, message });
      }
      const [first] = policies;
      if (
        first === undefined ||
        policies.some(({ spec }) => records(record(spec).rules).some((rule) => admits(rule, caller, portOf(callee, answering.port))))
      )
        continue;
      yield* once(describe(first), {
        ...{ object: first, field: '/spec/rules' },
        message: `let nobody in from ${caller.namespace} to port ${portOf(callee, answering.port) ?? answering.port}, though ${describe(object)} ${call}: it would be refused`,
      });
    }
  }
}

/** Whether a rule lets a caller in as far as its namespace tells; whatever else a rule asks is given the benefit of the doubt. */
const admits = ({ from, to }: Data, { namespace }: Pods, port: unknown): boolean =>
  (records(to).length === 0 ||
    records(to).some(({ operation }) => {
      const { ports } = record(operation);
      return !Array.isArray(ports) || port === undefined || ports.map(String).includes(String(port));
    })) &&
  (records(from).length === 0 ||
    records(from).some(({ source }) => {
      const { namespaces, principals } = record(source);
      const named = Array.isArray(namespaces) ? namespaces.some((each) => each === '*' || each === namespace) : undefined;
      const known = Array.isArray(principals)
        ? principals.some((each) => each === '*' || String(each).includes(`/ns/${namespace}/`))
        : undefined;
      return (named ?? true) && (known ?? true);
    }));

/** The number of a port, by which policies of a mesh know it. */
const portOf = ({ ports }: Pods, port: number | string): unknown =>
  typeof port === 'number' ? port : ports?.find(({ name }) => name === port)?.containerPort;

const nameOf = ({ object, of, namespace }: Pods): string =>
  object === undefined ? `the pods with ${of} in ${namespace}` : describe(object);
