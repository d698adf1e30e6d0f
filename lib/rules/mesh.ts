import { MESH_MEMBER } from '../kubernetes/mesh';
import { record } from './fields';
import type { Pods } from './pods';
import type { TargetIndex } from './target-index';

const [MODE, AMBIENT] = Object.entries(MESH_MEMBER)[0] as [string, string];
const PEERS = 'PeerAuthentication.security.istio.io';

/** Where Istio looks for what holds in every namespace. */
const ROOT = 'istio-system';

/** Whether pods are members of an ambient mesh: their own label says it, or that of their namespace. */
export const isMember = ({ labels, namespace }: Pick<Pods, 'labels' | 'namespace'>, target: TargetIndex): boolean =>
  (labels[MODE] ?? record(target.find('Namespace', '', namespace)?.metadata.labels)[MODE]) === AMBIENT;

/** Whether a namespace of the target is of a mesh. */
export const hasMembers = (target: TargetIndex): boolean =>
  target.all('Namespace').some(({ metadata }) => record(metadata.labels)[MODE] === AMBIENT);

/** Whether all members of a namespace refuse plain text at every port. */
export function isStrict(namespace: string, target: TargetIndex): boolean {
  const peers = target
    .all(PEERS)
    .filter(({ metadata, spec }) => [namespace, ROOT].includes(metadata.namespace ?? '') && record(spec).selector === undefined);
  const own = peers.find(({ metadata }) => metadata.namespace === namespace) ?? peers[0];
  const { mtls, portLevelMtls } = record(own?.spec);
  return record(mtls).mode === 'STRICT' && portLevelMtls === undefined;
}
