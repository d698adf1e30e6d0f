import type { Manifest } from '../kubernetes/manifest';
import { configMapsOf } from './config-maps';
import { record, records } from './fields';
import type { TargetIndex } from './target-index';
import type { Container, Workload } from './workload';

/** A file that pods read from a ConfigMap. */
export interface ConfigFile {
  readonly object: Manifest;

  /** Where it stands in the ConfigMap. */
  readonly field: string;
  readonly text: string;
}

/** A line `name: value` of a YAML file. */
export interface Setting {
  readonly value: string;

  /** Number of the line, from 1. */
  readonly line: number;
}

/** Every file of the ConfigMaps that a workload's pods read. */
export function filesOf(workload: Workload, target: TargetIndex): readonly ConfigFile[] {
  const files: ConfigFile[] = [];
  for (const name of new Set(configMapsOf(workload).map((reference) => reference.name))) {
    const object = target.find('ConfigMap', workload.namespace, name);
    if (object === undefined) continue;
    for (const [key, text] of Object.entries(record(object.data))) {
      if (typeof text === 'string') files.push({ object, field: `/data/${key}`, text });
    }
  }
  return files;
}

/** A file, and the containers that it is mounted into for as long as they run. */
export interface MountedFile {
  readonly file: ConfigFile;
  readonly containers: readonly Container[];
}

/** Several rules ask for the same workload's. */
const mounted = new WeakMap<TargetIndex, WeakMap<Workload, readonly MountedFile[]>>();

/** Every file of a ConfigMap that the running containers of a workload's pods have in a folder. */
export function filesMountedBy(workload: Workload, target: TargetIndex): readonly MountedFile[] {
  const ofTarget = mounted.get(target) ?? new WeakMap<Workload, readonly MountedFile[]>();
  mounted.set(target, ofTarget);
  const found = ofTarget.get(workload) ?? [...mountedFiles(workload, target)];
  ofTarget.set(workload, found);
  return found;
}

function* mountedFiles({ pod, namespace, containers }: Workload, target: TargetIndex): Iterable<MountedFile> {
  for (const { name: volume, configMap } of records(pod.volumes)) {
    if (configMap === undefined) continue;
    const object = target.find('ConfigMap', namespace, String(configMap?.name));
    if (object === undefined) continue;
    const readers = containers.filter(
      ({ spec, init }) => (!init || spec.restartPolicy === 'Always') && records(spec.volumeMounts).some(({ name }) => name === volume),
    );
    if (readers.length === 0) continue;
    for (const [key, text] of Object.entries(record(object.data))) {
      if (typeof text === 'string') yield { file: { object, field: `/data/${key}`, text }, containers: readers };
    }
  }
}

/**
 * Every line that sets a name. Our configuration files are written line by line, so that one value can be found without
 * reading the whole file as YAML: rules run in every synth.
 */
export function settings(text: string, name: string): readonly Setting[] {
  const found: Setting[] = [];
  for (let at = text.indexOf(`${name}:`); at >= 0; at = text.indexOf(`${name}:`, at + 1)) {
    const start = text.lastIndexOf('\n', at) + 1;
    if (!/^[\s-]*$/.test(text.slice(start, at))) continue;
    const end = text.indexOf('\n', at);
    const value = text.slice(at + name.length + 1, end < 0 ? undefined : end).trim();
    found.push({ value: value.replace(/^(["'])(.*)\1$/, '$2'), line: text.slice(0, start).split('\n').length });
  }
  return found;
}
