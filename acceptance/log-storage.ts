import { parse } from 'yaml';

import type { Target } from '../lib/environments/environment';
import type { Manifest } from '../lib/kubernetes/manifest';
import { varied } from './variation';

type Monitoring = NonNullable<Target['monitoring']>;

/** What a target would be with logs kept elsewhere, or by nobody. */
export function keepingLogs(target: string, logs: Monitoring['logs']): readonly Manifest[] {
  return varied(target, ({ monitoring, ...others }) => {
    if (monitoring === undefined) throw new Error(`Cannot keep logs of "${target}" as nobody watches it`);
    const { logs: _, ...watched } = monitoring;
    return { ...others, monitoring: logs === undefined ? watched : { ...watched, logs } };
  });
}

/** Names of everything that belongs to Loki or leads to it. */
export const lokiIn = (manifests: readonly Manifest[]): readonly string[] =>
  manifests.filter(({ metadata }) => metadata.name?.includes('loki')).map(({ kind, metadata }) => `${kind}/${metadata.name}`);

/** Exporters of the collector that reads the logs of a node. */
// biome-ignore lint/suspicious/noExplicitAny: what a file of YAML holds depends on the file
export function exportersIn(manifests: readonly Manifest[]): any {
  const config = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'log-collector-config');
  return config === undefined ? undefined : parse(config['data']['config.yaml']).exporters;
}
