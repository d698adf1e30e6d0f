import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { visitTexts } from '../texts';
import { ofMongodb } from './mongodb-urls';

/** `postgresql://user:password@cluster-rw.namespace.svc…:5432/database`. Passwords are templates, which may hold spaces. */
const URL = /\bpostgres(?:ql)?:\/\/([^\s:@/]+):(\{\{[^}]*\}\}|[^\s@]*)@([a-z0-9-]+)-(rw|ro|r)\.([a-z0-9-]+)\.svc[^/\s]*\/([\w-]+)/g;

/** Ways to connect that do without encryption, or may. */
const OPEN = /[?&]sslmode=(disable|allow|prefer)\b/;

export const databasesResolve: Rule = {
  id: 'databases-resolve',
  title: 'Every database and user that a URL or a variable names is made in the cluster that it names.',
  why: 'PostgreSQL and MongoDB answer "database does not exist" or "authentication failed", and every pod that connects restarts again and again. A password with a slash breaks a URL unless it is escaped.',
  fix: 'Take the URL from databaseUrl() of lib/data/postgres-database.ts or from MongoDatabase of lib/data/mongo.ts, which make the user and escape the password.',
  *check(target) {
    yield* ofMongodb(target);
    if (target.all('Cluster.postgresql.cnpg.io').length === 0) return;
    for (const object of target.notable.databases) {
      const found = visitTexts(object, ({ value }) =>
        value.includes('postgres') && value.includes('://') ? faultOf(value, target) : undefined,
      );
      for (const { field, found: message } of found) yield { object, field, message };
    }
    yield* ofVariables(target);
    yield* withoutVectors(target);
  },
};

function faultOf(text: string, target: TargetIndex): string | undefined {
  for (const [, user = '', password = '', cluster = '', role = '', namespace = '', database = ''] of text.matchAll(URL)) {
    const fault = unknown(cluster, namespace, user, database, target);
    if (fault !== undefined) return fault;
    const [, plain] = OPEN.exec(text) ?? [];
    if (plain !== undefined) return `asks for sslmode=${plain}, and so passwords may cross the network as they are: write sslmode=require`;
    if (role !== 'rw' && isOwner(user, cluster, namespace, database, target))
      return `leads "${user}", the owner of database "${database}", to ${cluster}-${role}, which is read-only: write ${cluster}-rw`;
    if (password.startsWith('{{') && !/\|\s*urlquery\b/.test(password)) {
      return `puts ${password} into a URL without escaping it: add | urlquery`;
    }
  }
  return undefined;
}

/** Open WebUI keeps vectors in its database, and makes the extension for them only if it may. */
function* withoutVectors(target: TargetIndex): Iterable<Problem> {
  for (const { spec, field, workload } of target.containers()) {
    const env = records(spec.env);
    const at = env.findIndex(({ name, value }) => name === 'VECTOR_DB' && value === 'pgvector');
    if (at < 0 || env.find(({ name }) => name === 'PGVECTOR_CREATE_EXTENSION')?.value !== 'False') continue;
    const databases = target.all('Database.postgresql.cnpg.io').filter(({ metadata }) => metadata.namespace === workload.namespace);
    const isThere = databases.some((each) =>
      records(each.spec?.extensions).some(({ name, ensure = 'present' }) => name === 'vector' && ensure === 'present'),
    );
    if (databases.length === 0 || isThere) continue;
    const message = 'is pgvector, but no Database of the namespace has the extension "vector", and the program may not make it';
    yield { object: workload.object, field: `${field}/env/${at}/value`, message };
  }
}

/** Whoever owns a database makes its tables; readers have a role of their own. */
const isOwner = (user: string, cluster: string, namespace: string, name: string, target: TargetIndex): boolean =>
  target
    .all('Database.postgresql.cnpg.io')
    .some(
      ({ spec, metadata }) =>
        metadata.namespace === namespace && spec?.cluster?.name === cluster && spec?.name === name && spec?.owner === user,
    );

/** What libpq reads: PGHOST, PGUSER, PGDATABASE. */
function* ofVariables(target: TargetIndex): Iterable<Problem> {
  for (const { spec, field, workload } of target.containers()) {
    const env = records(spec.env);
    const variable = (name: string): string | undefined => env.find((each) => each.name === name)?.value;
    const [, cluster, namespace] = /^([a-z0-9-]+)-(?:rw|ro|r)\.([a-z0-9-]+)\.svc/.exec(variable('PGHOST') ?? '') ?? [];
    if (cluster === undefined || namespace === undefined) continue;
    for (const [name, user, database] of [
      ['PGUSER', variable('PGUSER'), undefined],
      ['PGDATABASE', undefined, variable('PGDATABASE')],
    ] as const) {
      const message = unknown(cluster, namespace, user, database, target);
      if (message === undefined) continue;
      yield { object: workload.object, field: `${field}/env/${env.findIndex((each) => each.name === name)}/value`, message };
    }
  }
}

function unknown(
  cluster: string,
  namespace: string,
  user: string | undefined,
  database: string | undefined,
  target: TargetIndex,
): string | undefined {
  const object = target.find('Cluster.postgresql.cnpg.io', namespace, cluster);
  if (object === undefined) return undefined; // hosts-resolve tells
  const { bootstrap, managed } = record(object.spec);
  const initdb: Data = record(record(bootstrap).initdb);
  const owner = String(initdb.owner ?? initdb.database ?? 'app');
  const users = [owner, 'postgres', ...records(record(managed).roles).map(({ name }) => String(name))];
  const made = target
    .all('Database.postgresql.cnpg.io')
    .filter(({ spec, metadata }) => metadata.namespace === namespace && spec?.cluster?.name === cluster);
  const databases = [String(initdb.database ?? 'app'), 'postgres', ...made.map(({ spec }) => String(spec?.name))];
  if (user !== undefined && !users.includes(user))
    return `names user "${user}", whom Cluster/${cluster} does not have${there(users, user)}`;
  if (database !== undefined && !databases.includes(database)) {
    return `names database "${database}", which Cluster/${cluster} does not have${there(databases, database)}`;
  }
  return undefined;
}
