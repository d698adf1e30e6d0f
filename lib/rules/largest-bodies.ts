import { record, records } from './fields';
import { attachedBy } from './routing/plugins';
import type { RuledTarget } from './target-index';

const UNITS: Readonly<Record<string, number>> = { megabytes: 1, kilobytes: 2 ** -10, bytes: 2 ** -20 };

/** Largest bodies that routes of a target let pass by a plugin, megabytes, by `namespace/name` of the Gateway that they come through. */
export function bodiesThrough(apps: RuledTarget['apps']): Readonly<Record<string, number>> {
  const through: Record<string, number> = {};
  for (const { manifests } of apps) {
    const sizes = new Map<string, number>();
    for (const { kind, metadata, ...rest } of manifests) {
      if (kind !== 'KongPlugin') continue;
      const { plugin, config } = record(rest);
      if (plugin !== 'request-size-limiting') continue;
      const { allowed_payload_size: size, size_unit: unit = 'megabytes' } = record(config);
      sizes.set(metadata.name, Number(size ?? 128) * (UNITS[unit] ?? 1));
    }
    if (sizes.size === 0) continue;
    for (const { kind, metadata, spec } of manifests) {
      if (kind !== 'HTTPRoute') continue;
      const most = Math.max(0, ...attachedBy(metadata.annotations).map((name) => sizes.get(name) ?? 0));
      for (const { name, namespace = metadata.namespace } of records(spec?.parentRefs)) {
        const gateway = `${namespace}/${name}`;
        through[gateway] = Math.max(through[gateway] ?? 0, most);
      }
    }
  }
  return through;
}
