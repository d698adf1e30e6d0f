import { record } from '../fields';
import { type ConfigFile, filesOf, settings } from '../file-settings';
import { type Host, hostsOf } from '../references/hosts-resolve';
import type { Problem } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** How a script of a StatefulSet knows the pod that leads: by the number at the end of its name. */
const LEADS = /\$\{HOSTNAME##\*-\}"?\s*(?:=|==|-eq)\s*"?(\d+)/;

const READERS = new Set(['ConfigMap', 'Deployment', 'ExternalSecret', 'Job', 'KongPlugin', 'StatefulSet']);

/** Hosts that name another pod of a Redis than the one that its script lets lead. */
export function* misled(workload: Workload, target: TargetIndex): Iterable<Problem> {
  for (const { text } of filesOf(workload, target)) {
    const [, leader] = LEADS.exec(text) ?? [];
    if (leader === undefined) continue;
    // Pods that follow another one than leads are told of by the rule about the pods themselves.
    if (hostsOf(workload.object).some(({ hosts }) => otherThan(leader, workload, hosts) !== undefined)) continue;
    const { name } = workload.object.metadata;
    for (const object of target.notable.hosts) {
      if (!READERS.has(object.kind)) continue;
      for (const { field, hosts } of hostsOf(object)) {
        const found = otherThan(leader, workload, hosts);
        if (found === undefined) continue;
        const message = `names ${name}-${found}, which follows: the script lets ${name}-${leader} lead, and followers take no writes`;
        yield { object, field, message };
      }
    }
  }
}

/** The one pod of a Redis that a text names; a text with several means all of them. */
function otherThan(leader: string, { object, namespace }: Workload, hosts: readonly Host[]): string | undefined {
  const { metadata, spec } = object;
  const pods = hosts.flatMap((host) => (host.name === spec?.serviceName && host.namespace === namespace ? (host.pod ?? []) : []));
  const [only, ...others] = new Set(
    pods.flatMap((pod) => (pod.startsWith(`${metadata.name}-`) ? pod.slice(metadata.name.length + 1) : [])),
  );
  return others.length === 0 && only !== leader ? only : undefined;
}

/** What a Redis that clients cache in does when it is full: it must let something go. */
export function refusesWrites({ text }: ConfigFile, workload: Workload, target: TargetIndex): string | undefined {
  const [row, policy = 'noeviction'] = /^maxmemory-policy[ \t]+(\S+)/m.exec(text) ?? [];
  if (policy !== 'noeviction') return undefined;
  const client = cachesIn(workload, target);
  if (client === undefined) return undefined;
  return `${row === undefined ? 'lacks a maxmemory-policy' : `says "${row}"`}: a full cache would refuse every write of ${client}, which keeps nothing there that it cannot do without`;
}

/** LiteLLM and Kong's rate limits keep in a Redis what may go at any time. */
function cachesIn({ object, namespace }: Workload, target: TargetIndex): string | undefined {
  const host = new RegExp(`(?:^|\\.)${object.spec?.serviceName}\\.${namespace}\\.svc`);
  for (const { file, workload } of target.modelClients) {
    const [{ value } = { value: '' }] = settings(file.text, 'redis_host');
    if (host.test(value)) return `${workload.object.kind}/${workload.object.metadata.name}`;
  }
  for (const plugin of target.all('KongPlugin.configuration.konghq.com')) {
    if (host.test(String(record(record(plugin['config']).redis).host))) return `KongPlugin/${plugin.metadata.name}`;
  }
  return undefined;
}
