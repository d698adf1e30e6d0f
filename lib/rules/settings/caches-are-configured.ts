import { records } from '../fields';
import { type ConfigFile, filesOf } from '../file-settings';
import { portsOf } from '../pods';
import { there } from '../references/there';
import type { Rule } from '../rule';
import type { Workload } from '../workload';
import { misled, refusesWrites } from './cache-leaders';

/** Directives with few values, and those values. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'maxmemory-policy': [
    ...['noeviction', 'allkeys-lru', 'allkeys-lfu', 'allkeys-random'],
    ...['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'],
  ],
  appendonly: ['yes', 'no'],
  appendfsync: ['always', 'everysec', 'no'],
  'protected-mode': ['yes', 'no'],
  daemonize: ['no'],
};

const SIZE = /^\d+(?:[kmg]b?)?$/i;
const LOOPBACK = /^-?(?:127\.\d+\.\d+\.\d+|::1|localhost)$/;

export const cachesAreConfigured: Rule = {
  id: 'caches-are-configured',
  title:
    'The configuration of a Redis has values that it knows, listens to its clients, takes their writes and keeps its files where it may write.',
  why: 'Redis ends at once if it does not know a value or if its folder does not exist; if it listens on localhost alone, it looks healthy, and every client runs into its timeout. A follower refuses writes, and so does a full cache that may let nothing go.',
  fix: 'Use RedisCache of lib/data/redis.ts, and correct the line in lib/data/redis.conf.',
  *check(target) {
    for (const workload of target.workloads) {
      for (const file of filesOf(workload, target)) {
        if (!file.field.endsWith('/redis.conf')) continue;
        for (const message of faults(file, workload)) yield { object: file.object, field: file.field, message };
        const refusal = refusesWrites(file, workload, target);
        if (refusal !== undefined) yield { object: file.object, field: file.field, message: refusal };
        yield* misled(workload, target);
      }
    }
  },
};

function* faults({ text }: ConfigFile, workload: Workload): Iterable<string> {
  const ports = portsOf(workload).map(({ containerPort }) => Number(containerPort));
  const mounts = workload.containers.flatMap(({ spec }) => records(spec.volumeMounts));
  for (const [i, row] of text.split('\n').entries()) {
    const [directive = '', ...values] = row.trim().toLowerCase().startsWith('#') ? [] : row.trim().split(/\s+/);
    const value = values.join(' ').replace(/^"(.*)"$/, '$1');
    const line = `line ${i + 1}`;
    const choices = CHOICES[directive.toLowerCase()];
    if (choices !== undefined && !choices.includes(value))
      yield `says "${row.trim()}" in ${line}: ${directive} is one of ${choices.join(', ')}`;
    if (directive === 'bind' && values.length > 0 && values.every((each) => LOOPBACK.test(each)))
      yield `says "${row.trim()}" in ${line}: only the pod itself could connect`;
    if (directive === 'maxmemory' && !SIZE.test(value)) yield `says "${row.trim()}" in ${line}: a size is like 512mb`;
    if (directive === 'dir' && !mounts.some(({ mountPath, readOnly }) => mountPath === value && readOnly !== true))
      yield `says "${row.trim()}" in ${line}, where the pod has no volume to write to`;
    if (directive === 'appendonly' && value === 'yes' && fleeting(text, workload))
      yield `says "${row.trim()}" in ${line}, and keeps it on a volume that goes with the pod`;
    if (directive === 'port' && ports.length > 0 && !ports.includes(Number(value)))
      yield `says "${row.trim()}" in ${line}, a port that no container declares${there(ports.map(String))}`;
    if (directive === 'include' && !mounts.some(({ mountPath }) => value.startsWith(`${mountPath}/`)))
      yield `says "${row.trim()}" in ${line}, where the pod has no volume`;
  }
}

/** Whether the folder of a Redis is gone when its pod is. */
function fleeting(text: string, { pod, containers }: Workload): boolean {
  const [, folder] = /^\s*dir\s+(\S+)/m.exec(text) ?? [];
  const mount = containers.flatMap(({ spec }) => records(spec.volumeMounts)).find(({ mountPath }) => mountPath === folder);
  return records(pod.volumes).some(({ name, emptyDir }) => name === mount?.name && emptyDir !== undefined);
}
