import { records } from '../fields';
import { settings } from '../file-settings';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { type ReplicaSet, replicaSetsOf, textOf } from './replica-sets';

/** Addresses of the pod itself alone. */
const LOOPBACK = /^(?:(?:127\.0\.0\.1|localhost|::1|\/[^,]*)(?:,\s*|$))+$/;

/** Roles that every MongoDB has. */
const ROLES: ReadonlySet<string> = new Set(
  (
    'read readWrite dbAdmin dbOwner userAdmin clusterAdmin clusterManager clusterMonitor hostManager enableSharding backup restore ' +
    'readAnyDatabase readWriteAnyDatabase userAdminAnyDatabase dbAdminAnyDatabase directShardOperations searchCoordinator root __system'
  ).split(' '),
);

const WAVE = 'argocd.argoproj.io/sync-wave';

export const replicaSetsAgree: Rule = {
  id: 'replica-sets-agree',
  title: 'The members of a MongoDB are locked, an odd number, and are called the same by their set-up, which comes after them.',
  why: 'Members that cannot find each other by these names, or that know another key, never elect a primary; without a key file anybody who reaches a member reads and writes. Both look healthy from outside.',
  fix: 'Use MongoDatabase of lib/data/mongo.ts, which writes members, configuration and set-up from the same values.',
  *check(target) {
    for (const set of replicaSetsOf(target)) {
      yield* ofMembers(set, target);
      yield* ofSetUp(set, target);
    }
  },
};

function* ofMembers({ members, file, hosts }: ReplicaSet, target: TargetIndex): Iterable<Problem> {
  const { object, namespace, containers } = members;
  const count = hosts.length;
  if (count % 2 === 0)
    yield { object, field: '/spec/replicas', message: `is ${count}, an even number: if one half is cut off, no half has a majority` };

  const mounts = containers.flatMap(({ spec }) => records(spec.volumeMounts)).filter(({ readOnly }) => readOnly !== true);
  const [key] = settings(file.text, 'keyFile');
  const problem = (message: string): Problem => ({ object: file.object, field: file.field, message });
  if (key === undefined) yield problem('names no keyFile: anybody who reaches a member could read and write');
  else if (!mounts.some(({ mountPath }) => key.value.startsWith(`${mountPath}/`))) {
    yield problem(`has in line ${key.line} "${key.value}", where no writable volume is mounted`);
  }
  const [folder] = settings(file.text, 'dbPath');
  if (folder !== undefined && !mounts.some(({ mountPath }) => `${folder.value}/`.startsWith(`${mountPath}/`)))
    yield problem(`keeps data in line ${folder.line} in ${folder.value}, where no writable volume is mounted`);
  const [address] = settings(file.text, 'bindIp');
  const [everywhere] = settings(file.text, 'bindIpAll');
  if (everywhere?.value !== 'true' && (address === undefined ? everywhere !== undefined : LOOPBACK.test(address.value)))
    yield problem('listens to the pod itself alone: bindIpAll: true lets members and clients in');
  const [port] = settings(file.text, 'port');
  const declared = containers.flatMap(({ spec }) => records(spec.ports)).map(({ containerPort }) => `${containerPort}`);
  if (port !== undefined && !declared.includes(port.value)) {
    yield problem(`has in line ${port.line} port ${port.value}, which StatefulSet/${object.metadata.name} does not declare`);
  }

  const service = target.find('Service', namespace, String(object.spec?.serviceName));
  if (service !== undefined && service.spec?.publishNotReadyAddresses !== true) {
    const message = 'is not true: members must find each other before they are ready';
    yield { object: service, field: '/spec/publishNotReadyAddresses', message };
  }
  for (const { object: budget, field, selected } of target.selections) {
    if (budget.kind !== 'PodDisruptionBudget' || field !== '/spec/selector' || !selected.some((pods) => pods.object === object)) continue;
    const { maxUnavailable } = budget.spec ?? {};
    if (typeof maxUnavailable !== 'number' || maxUnavailable <= (count - 1) / 2) continue;
    yield {
      object: budget,
      field: '/spec/maxUnavailable',
      message: `is ${maxUnavailable}: without them, ${count} members have no majority`,
    };
  }
  if (count > 1 && !reachEachOther(members, target)) {
    yield { object, field: '/spec/replicas', message: `is ${count}, but no NetworkPolicy lets the members call each other` };
  }
}

function reachEachOther({ object, namespace, containers }: ReplicaSet['members'], target: TargetIndex): boolean {
  const pods = target.pods.get(namespace)?.find((each) => each.object === object);
  const port = Number(records(containers.find(({ init }) => !init)?.spec.ports)[0]?.containerPort);
  const { reachability } = target;
  return pods === undefined || (reachability.allows(pods, 'Egress', pods, port) && reachability.allows(pods, 'Ingress', pods, port));
}

function* ofSetUp({ members, name, hosts, setUp }: ReplicaSet, target: TargetIndex): Iterable<Problem> {
  const of = `StatefulSet/${members.object.metadata.name}`;
  if (setUp === undefined) {
    yield { object: members.object, field: '/metadata/name', message: 'has no Job that initiates the replica set and creates its users' };
    return;
  }
  const { workload, env, field, users } = setUp;
  const { object } = workload;
  const at = (variable: string): string => `${field}/${env.findIndex((each) => each.name === variable)}`;
  const replicaSet = textOf(env, 'REPLICA_SET');
  if (replicaSet !== name.value) {
    yield { object, field: `${at('REPLICA_SET')}/value`, message: `is "${replicaSet}", but ${of} is configured as "${name.value}"` };
  }
  const listed = textOf(env, 'MEMBERS');
  if (listed !== hosts.join(','))
    yield { object, field: `${at('MEMBERS')}/value`, message: `is "${listed}", but the members of ${of} are "${hosts.join(',')}"` };
  for (const { user, passwordFrom } of users) {
    if (env.some((each) => each.name === passwordFrom)) continue;
    yield {
      object,
      field: `${at('USERS')}/value`,
      message: `gives user "${user}" the password in ${passwordFrom}, a variable that the container does not set`,
    };
  }
  for (const { user, roles } of users) {
    const unknown = roles.map(({ role }) => role).find((role) => role !== undefined && !ROLES.has(role));
    if (unknown === undefined) continue;
    yield { object, field: `${at('USERS')}/value`, message: `gives user "${user}" the role "${unknown}", which MongoDB does not have` };
  }
  const keys = [env, ...members.containers.map(({ spec }) => records(spec.env))].map((each) => {
    const { name: secret, key } = each.find((variable) => variable.name === 'MEMBER_KEY')?.valueFrom?.secretKeyRef ?? {};
    return secret === undefined ? undefined : `${secret}/${key}`;
  });
  const others = keys.slice(1).filter((key) => key !== undefined);
  if (keys[0] !== undefined && others.some((key) => key !== keys[0])) {
    yield {
      object,
      field: `${at('MEMBER_KEY')}/valueFrom`,
      message: `is ${keys[0]}, but the members take their key from ${others.join(', ')}`,
    };
  }
  const [after, before] = [object, members.object].map(({ metadata }) => Number(metadata.annotations?.[WAVE] ?? 0)) as [number, number];
  if (after <= before && target.app(object) === target.app(members.object)) {
    const message = `is ${after}, not above wave ${before} of ${of}: the Job needs running members, which Argo CD would not have created yet`;
    yield { object, field: `/metadata/annotations/${WAVE.replace('/', '~1')}`, message };
  }
}
