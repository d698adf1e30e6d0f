import type { Manifest } from '../../kubernetes/manifest';
import { type Data, isRecord, record, records } from '../fields';
import { ISTIO_GATEWAY, podsBehind } from '../istio';
import { isMember } from '../mesh';
import type { Rule } from '../rule';
import { selects } from '../selector';
import type { TargetIndex } from '../target-index';

const MODE = 'istio.io/dataplane-mode';
/** Names the proxy of a namespace that reads requests; the tunnels of nodes see connections alone. */
const WAYPOINT = 'istio.io/use-waypoint';

/** What rules may ask of requests. */
const OF_REQUESTS = ['methods', 'paths', 'hosts'].flatMap((each) => [each, `not${each[0]?.toUpperCase()}${each.slice(1)}`]);
const OF_CALLERS = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'];

const ROOT = 'istio-system';
const MODES: readonly unknown[] = ['STRICT', 'PERMISSIVE'];

export const meshesAreClosed: Rule = {
  id: 'meshes-are-closed',
  title: 'A namespace of the mesh that is told who may call it takes encrypted calls alone, and those of callers that are named.',
  why: 'A member of a mesh takes plain text as well until it is told otherwise, and calls of everybody until somebody is allowed: labels alone encrypt and refuse nothing. Who calls in plain text has no name.',
  fix: 'Take both from the mesh of lib/kubernetes, which writes a strict PeerAuthentication and a policy that names the callers.',
  *check(target) {
    for (const namespace of target.all('Namespace')) {
      const labels = record(namespace.metadata.labels);
      const { name } = namespace.metadata;
      const field = `/metadata/labels/${MODE.replace('/', '~1')}`;
      const idle = labels['istio-injection'] === 'enabled' ? undefined : idleIn(name, target);
      if (idle !== undefined)
        yield {
          object: namespace,
          field,
          message: `is not ambient, though ${idle.kind}/${idle.metadata.name} is about its pods: outside of the mesh, nobody encrypts or refuses`,
        };
      if (labels[MODE] !== 'ambient') continue;
      if (labels['istio-injection'] === 'enabled')
        yield {
          object: namespace,
          field: '/metadata/labels/istio-injection',
          message: `stands beside ${MODE}: pods would get a sidecar as well`,
        };
      const [peers] = ofNamespace(target, 'PeerAuthentication', name).filter(({ spec }) => record(spec).selector === undefined);
      const mode = record(record(peers?.spec).mtls).mode;
      const policies = ofNamespace(target, 'AuthorizationPolicy', name);
      if (peers === undefined && policies.length > 0)
        yield {
          object: namespace,
          field,
          message: 'is ambient, and its AuthorizationPolicies name callers whom no PeerAuthentication makes prove it',
        };
      if (peers !== undefined && !MODES.includes(mode))
        yield { object: peers, field: '/spec/mtls/mode', message: `is ${mode}, not ${MODES.join(' or ')}` };
      else if (mode === 'PERMISSIVE' && policies.length > 0)
        yield {
          object: peers ?? namespace,
          field: '/spec/mtls/mode',
          message: 'is PERMISSIVE: who calls in plain text has no name that an AuthorizationPolicy could allow',
        };
      if (mode === 'STRICT' && policies.length === 0)
        yield { object: namespace, field, message: 'is ambient, and no AuthorizationPolicy names who may call' };
      for (const object of policies) {
        for (const [at, message] of open(record(object.spec))) yield { object, field: `/spec${at}`, message };
        if (labels[WAYPOINT] !== undefined) continue;
        for (const [at, message] of unseen(record(object.spec))) yield { object, field: `/spec${at}`, message };
      }
    }
  },
};

/** A policy of the mesh in a namespace, where no pod that it is about is a member or a gateway. */
function idleIn(namespace: string, target: TargetIndex): Manifest | undefined {
  if (namespace === ROOT) return undefined;
  const gateways = new Set(target.all(ISTIO_GATEWAY).flatMap((gateway) => podsBehind(gateway, target)));
  return ['PeerAuthentication', 'AuthorizationPolicy']
    .flatMap((kind) => ofNamespace(target, kind, namespace))
    .find(({ spec }) => {
      const pods = (target.pods.get(namespace) ?? []).filter(({ labels }) => selects(record(spec).selector, labels));
      return pods.length > 0 && !pods.some((each) => gateways.has(each) || isMember(each, target));
    });
}

const ofNamespace = (target: TargetIndex, kind: string, namespace: string) =>
  target.all(`${kind}.security.istio.io`).filter(({ metadata }) => metadata.namespace === namespace);

/** Rules that no tunnel can judge, which refuses what they would allow. */
function* unseen({ rules, targetRefs }: Data): Iterable<readonly [field: string, message: string]> {
  if (targetRefs !== undefined) return;
  for (const [i, { from, to, when }] of records(rules).entries()) {
    const asked = [
      ...records(to).flatMap(({ operation }) => OF_REQUESTS.filter((each) => record(operation)[each] !== undefined)),
      ...records(from).flatMap(({ source }) => OF_CALLERS.filter((each) => record(source)[each] !== undefined)),
      ...records(when).flatMap(({ key }) => (String(key).startsWith('request.') ? [String(key)] : [])),
    ];
    if (asked.length > 0)
      yield [`/rules/${i}`, `asks for ${asked.join(' and ')}, which the tunnel of a node does not see: it would refuse every call`];
  }
}

function* open({ action = 'ALLOW', rules, selector }: Data): Iterable<readonly [field: string, message: string]> {
  if (action !== 'ALLOW') {
    if (selector === undefined) yield ['/action', `is ${action} for the whole namespace`];
    return;
  }
  if (!Array.isArray(rules)) yield ['/rules', 'is missing, so that nobody may call'];
  for (const [i, { from }] of records(rules).entries()) {
    const named = records(from).every(
      ({ source }) =>
        isRecord(source) && Object.values(source).some((each) => Array.isArray(each) && each.length > 0 && !each.includes('*')),
    );
    if (records(from).length === 0 || !named) yield [`/rules/${i}`, 'names no caller, so that everybody may call'];
  }
}
