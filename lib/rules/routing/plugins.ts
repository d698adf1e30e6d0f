import type { Manifest } from '../../kubernetes/manifest';
import type { TargetIndex } from '../target-index';

const PLUGINS = 'konghq.com/plugins';

/** Plugins of Kong by `namespace/name`; those of the cluster have an empty namespace. */
export function pluginsOf(target: TargetIndex): ReadonlyMap<string, Manifest> {
  const plugins = new Map<string, Manifest>();
  for (const kind of ['KongPlugin', 'KongClusterPlugin']) {
    for (const object of target.all(`${kind}.configuration.konghq.com`)) {
      plugins.set(`${object.metadata.namespace ?? ''}/${object.metadata.name}`, object);
    }
  }
  return plugins;
}

/** Names in the annotation by which routes and Services attach plugins. */
export const attachedBy = (annotations: Readonly<Record<string, unknown>> | undefined): readonly string[] => {
  const text = annotations?.[PLUGINS];
  return typeof text === 'string' ? text.split(',').map((name) => name.trim()) : [];
};
