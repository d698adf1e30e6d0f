import { record, records } from '../fields';
import { filesOf } from '../file-settings';
import { quantity } from '../quantity';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Container, Workload } from '../workload';

/** A pod of Redis, with all that its server is told. */
interface Server {
  readonly workload: Workload;
  readonly container: Container;

  /** Files, what they include, and arguments. */
  readonly texts: readonly string[];
}

const IMAGE = /\/(?:redis|valkey)(?:-stack-server)?:/;
const COMMENT = /^\s*#.*$/gm;
const INCLUDE = /^\s*include\s+(\S+)/gm;

/** How one Redis comes to know of others. */
const KNOWS_OTHERS = /\b(?:replicaof|slaveof|sentinel|cluster-enabled\s+yes)\b/i;

/** What a script takes from variables: how much fits into the pod, and which pod the others follow. */
const SIZED = /--maxmemory\s+"?\$\{?(\w+)/;
const FIRST = /\$\{HOSTNAME##\*-\}"?\s*=\s*"?(\d+)/;
const FOLLOWED = /--(?:replicaof|slaveof)\s+"?\$\{?(\w+)/;

const SIZE = /^\d+(?:[kmg]b?)?$/i;
const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

export const redisPodsAgree: Rule = {
  id: 'redis-pods-agree',
  title: 'The pods of a Redis ask for a password, follow one of them, and are probed for what it answers.',
  why: 'A Redis without a password serves whoever reaches it; pods that do not follow one another hold different things behind one Service; and redis-cli ends well whatever it is answered, unless it is told otherwise.',
  fix: 'Use RedisCache of lib/data/redis.ts, whose script, Secret and probes fit together.',
  *check(target) {
    for (const server of serversOf(target)) {
      yield* locked(server, target);
      yield* together(server);
      yield* probed(server);
    }
  },
};

function* serversOf(target: TargetIndex): Iterable<Server> {
  for (const workload of target.workloads) {
    if (workload.object.kind !== 'StatefulSet' && workload.object.kind !== 'Deployment') continue;
    const container = workload.containers.find(({ spec, init }) => !init && IMAGE.test(String(spec.image)));
    if (container === undefined) continue;
    const { command, args } = container.spec;
    const texts = [[command, args].flat().join(' '), ...filesOf(workload, target).map(({ text }) => text.replace(COMMENT, ''))];
    yield { workload, container, texts };
  }
}

function* locked({ workload, container, texts }: Server, target: TargetIndex): Iterable<Problem> {
  const { object } = workload;
  const included: string[] = [];
  for (const file of filesOf(workload, target)) {
    for (const [, path = ''] of file.text.matchAll(INCLUDE)) {
      const text = heldAt(path, workload, container, target);
      if (text === 'nothing')
        yield { object: file.object, field: file.field, message: `includes ${path}, which the volume there does not hold` };
      else included.push(text ?? 'requirepass masterauth'); // nobody can tell
    }
  }
  const told = [...texts, ...included];
  const lacks = (setting: RegExp): boolean => !told.some((text) => setting.test(text));
  if (lacks(/\b(?:requirepass|aclfile)\b|^user\s/m))
    yield { object, field: container.field, message: 'is told no password (requirepass): whoever reaches it reads and writes' };
  else if (told.some((text) => KNOWS_OTHERS.test(text)) && lacks(/\bmasterauth\b/))
    yield {
      object,
      field: container.field,
      message: 'is told no password for the pod that it follows (masterauth), which lets nobody in without',
    };
}

/** What a file of a container says; undefined where nobody can tell. */
function heldAt(path: string, { namespace, pod }: Workload, { spec }: Container, target: TargetIndex): string | 'nothing' | undefined {
  const mount = records(spec.volumeMounts).find(({ mountPath }) => path.startsWith(`${mountPath}/`));
  const volume = records(pod.volumes).find(({ name }) => name === mount?.name);
  if (mount === undefined || volume === undefined) return undefined; // caches-are-configured tells
  const { configMap, secret } = volume;
  if (configMap === undefined && secret === undefined) return undefined;
  const file = path.slice(String(mount.mountPath).length + 1);
  const { items } = record(configMap ?? secret);
  const key = items === undefined ? file : records(items).find((each) => each.path === file)?.key;
  const by = secret === undefined ? undefined : target.secrets.get(`${namespace}/${secret.secretName}`)?.by;
  const data =
    secret === undefined ? target.find('ConfigMap', namespace, String(configMap.name))?.['data'] : by?.spec?.target?.template?.data;
  if (key === undefined) return 'nothing';
  if (data === undefined) return undefined;
  return record(data)[key] === undefined ? 'nothing' : String(record(data)[key]);
}

function* together({ workload, container, texts }: Server): Iterable<Problem> {
  const { object } = workload;
  const env = records(container.spec.env);
  const variable = (shape: RegExp) => {
    const name = texts.map((text) => shape.exec(text)?.[1]).find((each) => each !== undefined);
    const at = env.findIndex((each) => each.name === name && typeof each.value === 'string');
    return at < 0 ? undefined : { name, value: String(env[at]?.value), field: `${container.field}/env/${at}/value` };
  };
  const replicas = object.kind === 'StatefulSet' ? Number(object.spec?.replicas ?? 1) : 1;
  if (replicas > 1 && !texts.some((text) => KNOWS_OTHERS.test(text))) {
    const message = `is ${replicas}, but nothing makes one Redis follow another: each would hold something else`;
    yield { object, field: '/spec/replicas', message };
  }
  const size = variable(SIZED);
  if (size !== undefined && !SIZE.test(size.value))
    yield { object, field: size.field, message: `is "${size.value}", and a size of Redis is like 512mb (${size.name})` };
  const room = records(object.spec?.volumeClaimTemplates)[0]?.spec?.resources?.requests?.storage;
  if (size !== undefined && quantity(room) < bytes(size.value)) {
    const field = '/spec/volumeClaimTemplates/0/spec/resources/requests/storage';
    yield { object, field, message: `is ${room}, less than the ${size.value} that Redis may hold and keeps there` };
  }
  const first = texts.map((text) => FIRST.exec(text)?.[1]).find((each) => each !== undefined);
  const followed = variable(FOLLOWED);
  const [, ordinal] = /^[a-z0-9-]+-(\d+)\./.exec(followed?.value ?? '') ?? [];
  if (followed !== undefined && first !== undefined && ordinal !== undefined && ordinal !== first) {
    const message = `is ${followed.value}, but the script lets pod ${first} follow nobody: ${ordinal} would follow itself (${followed.name})`;
    yield { object, field: followed.field, message };
  }
}

/** A size as Redis reads it; NaN where it does not. */
function bytes(text: string): number {
  const [, count, unit = ''] = /^(\d+)([kmg]?)b?$/i.exec(text) ?? [];
  return Number(count) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}

/** Without `-e`, an error is an answer like any other. */
function* probed({ workload, container }: Server): Iterable<Problem> {
  for (const probe of PROBES) {
    const { command }: Readonly<Record<string, unknown>> = record(record(container.spec[probe]).exec);
    if (!Array.isArray(command) || !/redis-cli$/.test(String(command[0])) || command.includes('-e')) continue;
    const message = 'lacks -e: redis-cli ends well even if Redis refuses it, or is still loading';
    yield { object: workload.object, field: `${container.field}/${probe}/exec/command`, message };
  }
}
