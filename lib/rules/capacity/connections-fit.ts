import { describe, type Manifest } from '../../kubernetes/manifest';
import { configMapsOf, podSecretsOf } from '../config-maps';
import { replicaSetsOf } from '../data/replica-sets';
import { type Data, record, records } from '../fields';
import { key, kindOf } from '../object-key';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

const POSTGRES = 'Cluster.postgresql.cnpg.io';

/** PostgreSQL's own defaults. */
const DEFAULT_CONNECTIONS = 100;
const DEFAULT_RESERVED = 3;

/** LiteLLM's setting, and what Prisma understands in a URL: connections of one process. */
const POOL = /(?:^|\n)\s*database_connection_pool_limit:\s*(\d+)\s*(?:#.*)?(?:\n|$)|[?&]connection_limit=(\d+)/;

const POOLS = /^(?:DATABASE|PGVECTOR)_POOL_(?:SIZE|MAX_OVERFLOW)$/;

/** Processes of a pod, each with a pool of its own. */
const WORKERS = /^--(?:num[-_])?workers=(\d+)$/;
const WORKERS_VARIABLES = /^(?:UVICORN_WORKERS|WEB_CONCURRENCY|NUM_WORKERS)$/;

export const connectionsFit: Rule = {
  id: 'connections-fit',
  title: 'A database accepts the connections of all its clients at their busiest, and so does the role that they come as.',
  why: 'PostgreSQL answers further connections with "too many clients already", and MongoDB closes them: the pods that an autoscaler adds under load are those that fail.',
  fix: 'Take a smaller pool or fewer replicas, or a larger database: lib/data/postgres-budget.ts derives max_connections and its memory from the clients.',
  *check(target) {
    yield* ofMongodb(target);
    for (const object of target.all(POSTGRES)) {
      const clients = clientsOf(object, target);
      const needed = clients.reduce((sum, { connections }) => sum + connections, 0);
      const shares = clients.map(({ name, connections, because }) => `${name} ${connections} (${because})`).join(', ');

      const parameters = record(object.spec?.postgresql?.parameters);
      const reserved = Number(parameters.superuser_reserved_connections ?? DEFAULT_RESERVED);
      const most = Number(parameters.max_connections ?? DEFAULT_CONNECTIONS);
      if (needed + reserved > most) {
        const message = `is ${most}, but clients may open ${needed} beside the ${reserved} that PostgreSQL reserves: ${shares}`;
        yield { object, field: '/spec/postgresql/parameters/max_connections', message };
      }
      for (const [i, { name, connectionLimit = -1 }] of records(object.spec?.managed?.roles).entries()) {
        const own = clients.filter(({ role }) => role === name);
        const asRole = own.reduce((sum, { connections }) => sum + connections, 0);
        const field = `/spec/managed/roles/${i}/connectionLimit`;
        if (connectionLimit >= 0 && asRole > connectionLimit) {
          yield { object, field, message: `is ${connectionLimit}, but clients may open ${asRole} as "${name}": ${shares}` };
        } else if (connectionLimit > most) {
          yield { object, field, message: `is ${connectionLimit}, more than the ${most} connections of the whole server` };
        }
      }
    }
  },
};

/** What drivers of MongoDB open where nobody says, and how a URL says it. */
const DRIVER_POOL = 100;
const POOL_SIZE = /[?&]maxPoolSize=(\d+)/;

/** A member of MongoDB refuses what is beyond its limit, and clients of a replica set pool connections to every member. */
function* ofMongodb(target: TargetIndex): Iterable<Problem> {
  for (const { members, domain } of replicaSetsOf(target)) {
    for (const { spec, field } of members.containers) {
      const at = records(spec.env).findIndex(({ name }) => name === 'MAX_CONNECTIONS');
      const most = Number(records(spec.env)[at]?.value);
      if (Number.isNaN(most)) continue;
      const shares = target.workloads.flatMap((client) => {
        const url = client === members ? undefined : urlOf(client, domain, target);
        const scale = target.scales.get(key(kindOf(client.object), client.namespace, client.object.metadata.name));
        if (url === undefined || scale === undefined) return [];
        const pool = Number(POOL_SIZE.exec(url)?.[1] ?? DRIVER_POOL);
        return [{ of: `${describe(client.object)} ${pool * scale.max} (${scale.max} pods, ${pool} each)`, count: pool * scale.max }];
      });
      const needed = shares.reduce((sum, { count }) => sum + count, 0);
      if (needed <= most) continue;
      const message = `is ${most}, but clients may open ${needed}: ${shares.map(({ of }) => of).join(', ')}`;
      yield { object: members.object, field: `${field}/env/${at}/value`, message };
    }
  }
}

/** The URL by which a workload knows the members. */
function urlOf(workload: Workload, domain: string, target: TargetIndex): string | undefined {
  for (const { name, key: entry } of podSecretsOf(workload)) {
    const template = record(target.secrets.get(`${workload.namespace}/${name}`)?.by.spec?.target?.template?.data);
    const found = Object.entries(template).find(([each, text]) => (entry === undefined || entry === each) && isUrl(String(text), domain));
    if (found !== undefined) return String(found[1]);
  }
  return undefined;
}

const isUrl = (text: string, domain: string): boolean => text.startsWith('mongodb') && text.includes(domain);

interface Client {
  readonly name: string;
  readonly connections: number;
  readonly because: string;
  readonly role: string | undefined;
}

/** Workloads that read a Secret with a URL of the cluster. Those that state no pool open one connection a pod. */
function clientsOf({ metadata }: Manifest, target: TargetIndex): readonly Client[] {
  const url = new RegExp(`://([\\w-]+):[^@]*@${metadata.name}-rw\\.${metadata.namespace}\\.svc[^\\s]*`);
  const clients: Client[] = [];
  for (const demand of target.demands) {
    const workload = target.workloads.find(({ object }) => object === demand.object);
    if (workload === undefined) continue;
    for (const { name, key } of podSecretsOf(workload)) {
      const external = target.secrets.get(`${workload.namespace}/${name}`)?.by;
      const template = record(external?.spec?.target?.template?.data);
      const texts = Object.entries(template).flatMap(([each, text]) => (key === undefined || key === each ? [String(text)] : []));
      const found = texts.map((text) => url.exec(text)).find((match) => match !== null);
      if (found === undefined || found === null) continue;
      const own = configMapsOf(workload).flatMap((reference) =>
        Object.values(record(target.find('ConfigMap', workload.namespace, reference.name)?.data)),
      );
      const [, limit, inUrl] = [...own, found[0]].map((text) => POOL.exec(String(text))).find((match) => match !== null) ?? [];
      const pool = Number(limit ?? inUrl ?? (pooled(workload) || 1));
      const workers = Math.max(1, ...workload.containers.flatMap(({ spec }) => workersOf(spec)));
      const because = `${demand.because}, ${pool * workers} each`;
      clients.push({ name: describe(demand.object), connections: demand.pods * pool * workers, because, role: found[1] });
      break;
    }
  }
  return clients;
}

/** What SQLAlchemy's pools may open, as Open WebUI is told of them: one for its tables and one for vectors. */
function pooled({ containers }: Workload): number {
  const env = containers.filter(({ init }) => !init).flatMap(({ spec }) => records(spec.env));
  return env.reduce((sum, { name, value }) => sum + (POOLS.test(String(name)) && Number(value) > 0 ? Number(value) : 0), 0);
}

/** How many processes a container is told to run, wherever it is told so. */
function workersOf({ args, env }: Data): readonly number[] {
  const told = argumentsOf(args).map((argument) => Number(WORKERS.exec(argument)?.[1] ?? 1));
  const variables = records(env).filter(({ name, value }) => WORKERS_VARIABLES.test(String(name)) && Number(value) > 0);
  return [...told, ...variables.map(({ value }) => Number(value))];
}

const argumentsOf = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : []);
