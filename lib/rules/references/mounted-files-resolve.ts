import type { Manifest } from '../../kubernetes/manifest';
import { type Data, isRecord, record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

export const mountedFilesResolve: Rule = {
  id: 'mounted-files-resolve',
  title: 'Every file of a mounted ConfigMap or Secret that a command names is in it.',
  why: 'A program whose script or configuration file is missing ends at once, and its pod restarts again and again.',
  fix: 'Use the name of the file in the command that is the key in the ConfigMap or Secret.',
  *check(target) {
    for (const { object, namespace, pod, containers } of target.workloads) {
      const volumes = new Map(records(pod.volumes).map((volume) => [volume.name, filesOf(volume, namespace, target)]));
      for (const { spec, field } of containers) {
        const mounts = records(spec.volumeMounts).filter(({ name, subPath }) => subPath === undefined && volumes.get(name) !== undefined);
        if (mounts.length === 0) continue;
        for (const [at, text] of texts(spec)) {
          for (const { name, mountPath } of mounts) {
            const files = volumes.get(name) ?? [];
            for (const file of named(text, String(mountPath))) {
              if (files.includes(file)) continue;
              yield {
                object,
                field: `${field}${at}`,
                message: `names ${mountPath}/${file}, which volume "${name}" does not hold${there(files)}`,
              };
            }
          }
        }
      }
    }
  },
};

/** The files of a volume, if all of them are known. */
function filesOf(volume: Data, namespace: string, target: TargetIndex): readonly string[] | undefined {
  const source = volume.configMap ?? volume.secret;
  if (!isRecord(source)) return undefined;
  const items = records(source.items).map(({ path }) => String(path));
  if (items.length > 0) return items;
  if (source === volume.secret) return keys(target.secrets.get(`${namespace}/${source.secretName}`)?.keys);
  return keysOf(target.find('ConfigMap', namespace, String(source.name)));
}

const keys = (known: ReadonlySet<string> | undefined): readonly string[] | undefined => (known === undefined ? undefined : [...known]);

const keysOf = (configMap: Manifest | undefined): readonly string[] | undefined =>
  configMap === undefined ? undefined : Object.keys({ ...record(configMap.data), ...record(configMap.binaryData) });

/** Where a container may name a file. */
function* texts({ command, args, env }: Data): Iterable<[field: string, text: string]> {
  for (const [list, values] of [['command', command] as const, ['args', args] as const]) {
    for (const [i, value] of (Array.isArray(values) ? values : []).entries()) yield [`/${list}/${i}`, String(value)];
  }
  for (const [i, { value }] of records(env).entries()) {
    if (typeof value === 'string') yield [`/env/${i}/value`, value];
  }
}

function* named(text: string, folder: string): Iterable<string> {
  for (let at = text.indexOf(`${folder}/`); at >= 0; at = text.indexOf(`${folder}/`, at + 1)) {
    const [file] = /^[\w.-]+/.exec(text.slice(at + folder.length + 1)) ?? [];
    const before = text[at - 1] ?? ' ';
    if (file !== undefined && !/[\w/.-]/.test(before)) yield file;
  }
}
