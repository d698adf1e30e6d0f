import type { Manifest } from '../../kubernetes/manifest';
import { misledBy } from '../data/mongodb-options';
import { type ReplicaSet, replicaSetsOf, storedAs, storedIn } from '../data/replica-sets';
import { record } from '../fields';
import { there } from '../references/there';
import type { Problem } from '../rule';
import type { TargetIndex } from '../target-index';
import { visitTexts } from '../texts';

/** `mongodb://user:password@host,host/database?options`. Passwords are templates, which may hold spaces. */
const URL = /\bmongodb:\/\/([^\s:@/]+):(\{\{[^}]*\}\}|[^\s@]*)@([^/\s]+)\/([\w-]*)(?:\?([\w&=.-]*))?/g;

/** URLs of MongoDB that name a member, a user or a database that is not made. */
export function* ofMongodb(target: TargetIndex): Iterable<Problem> {
  const sets = replicaSetsOf(target);
  if (sets.length === 0) return;
  for (const object of target.notable.databases) {
    const found = visitTexts(object, ({ value }) => (value.includes('mongodb://') ? faultOf(value, object, sets, target) : undefined));
    for (const { field, found: message } of found) yield { object, field, message };
  }
}

function faultOf(text: string, object: Manifest, sets: readonly ReplicaSet[], target: TargetIndex): string | undefined {
  for (const [, user = '', password = '', hosts = '', database = '', query = ''] of text.matchAll(URL)) {
    if (password.startsWith('{{') && !/\|\s*urlquery\b/.test(password)) {
      return `puts ${password} into a URL without escaping it: add | urlquery`;
    }
    const set = sets.find(({ domain }) => hosts.includes(domain));
    if (set === undefined) continue;
    const options = new URLSearchParams(query);
    const fault =
      ofMembers(set, hosts.split(','), options.get('replicaSet')) ??
      misledBy(options, set.hosts.length) ??
      encrypted(options, set) ??
      ofUser(set, user, database, options.get('authSource') ?? (database || 'admin')) ??
      ofPassword(set, user, object, password, target);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ofMembers({ hosts: members, name }: ReplicaSet, hosts: readonly string[], asked: string | null): string | undefined {
  const stranger = hosts.find((host) => !members.includes(host));
  if (stranger !== undefined) return `names "${stranger}", which is no member of the replica set${there(members)}`;
  const missing = members.find((member) => !hosts.includes(member));
  if (missing !== undefined) return `does not name member "${missing}": clients find no server while only that member is up`;
  if (asked === name.value) return undefined;
  return `${asked === null ? 'names no replica set' : `names replica set "${asked}"`}, but the members are configured as "${name.value}"`;
}

/** A client that speaks TLS is not understood where nobody has configured it. */
function encrypted(options: URLSearchParams, { file }: ReplicaSet): string | undefined {
  const asked = ['tls', 'ssl'].find((option) => options.get(option) === 'true');
  return asked === undefined || /^\s+(?:tls|ssl):/m.test(file.text)
    ? undefined
    : `has ${asked}=true, but the members are configured without TLS`;
}

function ofUser({ setUp }: ReplicaSet, user: string, database: string, authSource: string): string | undefined {
  if (setUp === undefined) return undefined; // replica-sets-agree tells
  const found = setUp.users.find((each) => each.user === user);
  if (found === undefined)
    return `names user "${user}", whom the set-up Job does not create${there(
      setUp.users.map((each) => each.user),
      user,
    )}`;
  if (found.database !== authSource)
    return `logs user "${user}" in at database "${authSource}", but the set-up Job creates the user in "${found.database}"`;
  const open = found.roles.map(({ db }) => db);
  return database === '' || open.includes(database)
    ? undefined
    : `opens database "${database}", for which user "${user}" has no role${there(open)}`;
}

/** The entry of the store from which the client has its password is the one from which the user gets it. */
function ofPassword({ setUp }: ReplicaSet, user: string, object: Manifest, password: string, target: TargetIndex): string | undefined {
  const made = setUp?.users.find((each) => each.user === user);
  const reference = record(setUp?.env.find(({ name }) => name === made?.passwordFrom)?.valueFrom?.secretKeyRef);
  if (setUp === undefined || object.kind !== 'ExternalSecret') return undefined;
  const given = storedIn(target, setUp.workload.namespace, reference.name, reference.key);
  const used = storedAs(object, /^\{\{ *\.(\w+)/.exec(password)?.[1]);
  return given === undefined || used === undefined || given === used
    ? undefined
    : `logs user "${user}" in with the entry "${used}" of the secret store, but the set-up Job takes the password from "${given}"`;
}
