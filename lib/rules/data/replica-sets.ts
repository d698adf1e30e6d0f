import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import { type ConfigFile, filesOf, type Setting, settings } from '../file-settings';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** A MongoDB: members of a StatefulSet, and the Job that makes them one. */
export interface ReplicaSet {
  readonly members: Workload;

  /** The members' configuration, and what it calls the replica set. */
  readonly file: ConfigFile;
  readonly name: Setting;

  /** Every member as others call it, with its port. */
  readonly hosts: readonly string[];

  /** What every member's host ends with: `.mongodb.gpt.svc`. */
  readonly domain: string;

  readonly setUp: SetUp | undefined;
}

/** The Job that begins the replica set and makes users. */
export interface SetUp {
  readonly workload: Workload;
  readonly env: readonly Data[];

  /** Where the variables stand. */
  readonly field: string;
  readonly users: readonly MongoUser[];
}

/** A user as the set-up makes it. */
export interface MongoUser {
  readonly user: string;
  readonly database: string;
  readonly roles: readonly { readonly role?: string; readonly db: string }[];

  /** Variable with the password. */
  readonly passwordFrom: string;
}

/** Every replica set of MongoDB that a target holds. */
export function replicaSetsOf(target: TargetIndex): readonly ReplicaSet[] {
  return target.workloads.flatMap((members) => {
    if (members.object.kind !== 'StatefulSet') return [];
    for (const file of filesOf(members, target)) {
      const [name] = settings(file.text, 'replSetName');
      if (name === undefined) continue;
      const { metadata, spec } = members.object;
      const domain = `.${spec?.serviceName}.${members.namespace}.svc`;
      const [port] = settings(file.text, 'port');
      const hosts = Array.from(
        { length: Number(spec?.replicas ?? 1) },
        (_, i) => `${metadata.name}-${i}${domain}.cluster.local:${port?.value}`,
      );
      return [{ members, file, name, hosts, domain, setUp: setUpOf(domain, target) }];
    }
    return [];
  });
}

function setUpOf(domain: string, target: TargetIndex): SetUp | undefined {
  for (const workload of target.workloads) {
    for (const { spec, field } of workload.containers) {
      const env = records(spec.env);
      const users = textOf(env, 'USERS');
      if (users === undefined || !textOf(env, 'MEMBERS')?.includes(domain)) continue;
      return { workload, env, field: `${field}/env`, users: parsed(users) };
    }
  }
  return undefined;
}

export const textOf = (env: readonly Data[], name: string): string | undefined => env.find((each) => each.name === name)?.value;

function parsed(text: string): readonly MongoUser[] {
  try {
    return records(JSON.parse(text)) as readonly MongoUser[];
  } catch {
    return [];
  }
}

/** The entry of the store that a key of a Secret holds as it is; undefined where it is made of several things, or nobody knows. */
export function storedIn(target: TargetIndex, namespace: string, secret: unknown, key: unknown): string | undefined {
  const by = target.secrets.get(`${namespace}/${String(secret)}`)?.by;
  if (by?.kind !== 'ExternalSecret') return undefined;
  const data = record(by.spec?.target?.template?.data);
  const [, variable] = /^\{\{ *\.(\w+) *\}\}$/.exec(String(data[String(key)] ?? '')) ?? [];
  return storedAs(by, variable ?? (by.spec?.target?.template?.data === undefined ? String(key) : undefined));
}

/** The entry of the store that a template's variable stands for. */
export function storedAs({ spec }: Manifest, variable: string | undefined): string | undefined {
  const { remoteRef } = record(records(spec?.data).find(({ secretKey }) => secretKey === variable));
  return remoteRef === undefined ? undefined : [remoteRef.key, remoteRef.property].filter((part) => part !== undefined).join('/');
}
