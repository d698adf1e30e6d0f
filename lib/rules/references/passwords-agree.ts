import { describe, type Manifest } from '../../kubernetes/manifest';
import { podSecretsOf } from '../config-maps';
import { addressOf, destinationOf } from '../destinations';
import { behind } from '../endpoints';
import { record, records } from '../fields';
import { settings } from '../file-settings';
import { behind as servers } from '../request-hops';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** An entry of the store that a key of a Secret is made of. */
interface Entry {
  readonly entry: string;

  /** The ExternalSecret, and where it names the entry. */
  readonly object: Manifest;
  readonly field: string;
}

const VARIABLE = String.raw`\{\{-?\s*\.(\w+)[^}]*\}\}`;
const DATABASE_URL = new RegExp(String.raw`postgres(?:ql)?:\/\/([\w-]+):${VARIABLE}@([a-z0-9-]+)-(?:rw|ro|r)\.([a-z0-9-]+)\.svc`, 'g');
const REDIS_URL = new RegExp(String.raw`rediss?:\/\/[\w-]*:${VARIABLE}@(?:[a-z0-9-]+\.)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc`, 'g');
const REQUIRED = new RegExp(String.raw`requirepass\s+"?${VARIABLE}`);

/** What vLLM reads its key from, and what LiteLLM and the load tester send. */
const SERVER_KEY = 'VLLM_API_KEY';
const CLIENT_KEY = 'ENGINE_API_KEY';

export const passwordsAgree: Rule = {
  id: 'passwords-agree',
  title: 'Whoever logs in takes the password from the entry of the store that the server takes it from.',
  why: 'Two entries of the store hold two passwords: the server refuses every client, though each side looks right by itself.',
  fix: 'Hand the secret key of the server to its clients, as PostgresCluster (lib/data/postgres.ts), RedisCache (lib/data/redis.ts) and VllmServer (lib/llm/vllm-server.ts) do.',
  *check(target) {
    yield* databases(target);
    yield* caches(target);
    yield* engines(target);
    yield* gateways(target);
  },
};

const compare = function* (client: Entry | undefined, server: Entry | undefined, whose: string): Iterable<Problem> {
  if (client === undefined || server === undefined || client.entry === server.entry) return;
  const message = `is "${client.entry}", but ${whose} takes its password from "${server.entry}" (${describe(server.object)})`;
  yield { object: client.object, field: client.field, message };
};

function* databases(target: TargetIndex): Iterable<Problem> {
  for (const [external, text] of templates(target, 'postgres')) {
    for (const [, user, variable = '', name = '', namespace = ''] of text.matchAll(DATABASE_URL)) {
      const cluster = target.find('Cluster.postgresql.cnpg.io', namespace, name);
      const role = records(cluster?.spec?.managed?.roles).find((each) => each.name === user);
      if (cluster === undefined || role === undefined) continue;
      const server = entryOf(namespace, String(role.passwordSecret?.name), 'password', target);
      yield* compare(fetched(external, variable), server, `${user} of ${describe(cluster)}`);
    }
  }
}

function* caches(target: TargetIndex): Iterable<Problem> {
  for (const [external, text] of templates(target, 'redis')) {
    for (const [, variable = '', name = '', namespace = ''] of text.matchAll(REDIS_URL)) {
      yield* compare(fetched(external, variable), required(target, namespace, name), `Redis "${name}"`);
    }
  }
  for (const object of target.all('KongPlugin.configuration.konghq.com')) {
    const [, name, namespace] =
      /^(?:[a-z0-9-]+\.)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc/.exec(String(record(record(object['config']).redis).host)) ?? [];
    const patch = records(object['configPatches']).find(({ path }) => path === '/redis/password');
    const { name: secret, key } = record(patch?.valueFrom?.secretKeyRef);
    if (name === undefined || namespace === undefined || secret === undefined) continue;
    yield* compare(entryOf(object.metadata.namespace ?? '', secret, key, target), required(target, namespace, name), `Redis "${name}"`);
  }
  for (const { workload, file } of target.modelClients) {
    const host = settings(file.text, 'redis_host')[0]?.value ?? '';
    const [, variable = ''] = /^os\.environ\/(\w+)$/.exec(settings(file.text, 'redis_password')[0]?.value ?? '') ?? [];
    const [, name, namespace] = /^(?:[a-z0-9-]+\.)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc/.exec(host) ?? [];
    if (name === undefined || namespace === undefined) continue;
    yield* compare(variableOf(workload, variable, target), required(target, namespace, name), `Redis "${name}"`);
  }
}

function* engines(target: TargetIndex): Iterable<Problem> {
  for (const client of target.modelClients) {
    const [, variable = ''] = /^os\.environ\/(\w+)$/.exec(settings(client.file.text, 'api_key')[0]?.value ?? '') ?? [];
    const sent = variableOf(client.workload, variable, target);
    for (const { workload } of servers(client, target)) {
      yield* compare(sent, variableOf(workload, SERVER_KEY, target), describe(workload.object));
    }
  }
  for (const { workload, canary } of target.releases) {
    const server = workload && variableOf(workload, SERVER_KEY, target);
    for (const tester of target.workloads) {
      if (tester.namespace !== canary.metadata.namespace || server === undefined) continue;
      yield* compare(variableOf(tester, CLIENT_KEY, target), server, describe(workload?.object ?? canary));
    }
  }
}

/** A LiteLLM without a database knows one key, its own: those who call it must send that. */
function* gateways(target: TargetIndex): Iterable<Problem> {
  for (const { workload, file } of target.modelClients) {
    const [, variable] = /^os\.environ\/(\w+)$/.exec(settings(file.text, 'master_key')[0]?.value ?? '') ?? [];
    if (variable === undefined || settings(file.text, 'database_url').length > 0) continue;
    const server = variableOf(workload, variable, target);
    for (const caller of target.workloads) {
      for (const name of keysFor(caller, workload, target))
        yield* compare(variableOf(caller, name, target), server, describe(workload.object));
    }
  }
}

/** Variables with the key for a base URL that leads to a server: `OPENAI_API_KEY` beside `OPENAI_BASE_URL`. */
function keysFor({ containers, namespace }: Workload, server: Workload, target: TargetIndex): readonly string[] {
  return containers.flatMap(({ spec }) =>
    records(spec.env).flatMap(({ name, value }) => {
      const [, prefix] = (typeof value === 'string' && /^(\w+?)(?:_API)?_BASE_URLS?$/.exec(String(name))) || [];
      if (prefix === undefined) return [];
      const destination = destinationOf(addressOf(value)?.host ?? '', namespace, target);
      return destination.kind === 'pods' && destination.workloads.includes(server.object)
        ? [`${prefix}_API_KEY`, `${prefix}_API_KEYS`]
        : [];
    }),
  );
}

/** Texts of templates that mention something, each with its ExternalSecret. */
function* templates(target: TargetIndex, about: string): Iterable<readonly [Manifest, string]> {
  for (const object of target.all('ExternalSecret.external-secrets.io')) {
    for (const text of Object.values(record(object.spec?.target?.template?.data))) {
      if (typeof text === 'string' && text.includes(about)) yield [object, text];
    }
  }
}

/** The entry that one variable of a template stands for. */
function fetched(object: Manifest, variable: string): Entry | undefined {
  const data = records(object.spec?.data);
  const i = data.findIndex(({ secretKey }) => secretKey === variable);
  const { key, property } = record(data[i]?.remoteRef);
  return i < 0
    ? undefined
    : { entry: property ?? String(key), object, field: `/spec/data/${i}/remoteRef/${property === undefined ? 'key' : 'property'}` };
}

/** The one entry that a key of a Secret is made of; undefined if it is made of several, or of nothing that is known. */
function entryOf(namespace: string, secret: string, key: string, target: TargetIndex): Entry | undefined {
  const external = target.secrets.get(`${namespace}/${secret}`)?.by;
  if (external?.kind !== 'ExternalSecret') return undefined;
  const text: unknown = record(external.spec?.target?.template?.data)[key];
  if (typeof text !== 'string') return fetched(external, key);
  const variables = new Set([...text.matchAll(new RegExp(VARIABLE, 'g'))].map(([, name = '']) => name));
  return variables.size === 1 ? fetched(external, [...variables][0] ?? '') : undefined;
}

/** The entry of an environment variable that comes from a Secret. */
function variableOf({ containers, namespace }: Workload, variable: string, target: TargetIndex): Entry | undefined {
  for (const { spec } of containers) {
    const { name, key } = record(records(spec.env).find((each) => each.name === variable)?.valueFrom?.secretKeyRef);
    if (name !== undefined) return entryOf(namespace, name, key, target);
  }
  return undefined;
}

/** The entry that the Redis behind a Service wants to see. */
function required(target: TargetIndex, namespace: string, service: string): Entry | undefined {
  const pods = behind(target, namespace, service)?.pods ?? [];
  const workload = target.workloads.find(({ object }) => pods.some((each) => each.object === object));
  for (const { name } of workload === undefined ? [] : podSecretsOf(workload)) {
    const external = target.secrets.get(`${namespace}/${name}`)?.by;
    for (const text of Object.values(record(external?.spec?.target?.template?.data))) {
      const [, variable] = REQUIRED.exec(String(text)) ?? [];
      if (variable !== undefined && external !== undefined) return fetched(external, variable);
    }
  }
  return undefined;
}
