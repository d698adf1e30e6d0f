import type { Manifest } from '../kubernetes/manifest';
import { configMapsOf } from './config-maps';
import { record } from './fields';
import type { TargetIndex } from './target-index';
import type { Workload } from './workload';

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
