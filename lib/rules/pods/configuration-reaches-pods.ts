import type { Manifest } from '../../kubernetes/manifest';
import { dataChecksum } from '../data-checksum';
import { escaped, record, records } from '../fields';
import { perObject } from '../per-object';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

const CONFIGURATION = 'slipway.dev/configuration';

export const configurationReachesPods: Rule = {
  id: 'configuration-reaches-pods',
  title: 'Pods that read a configuration file when they start carry the checksum of the ConfigMap that it is in.',
  why: 'Nothing else replaces pods when a ConfigMap changes: without the checksum, or with one of other files, they go on with what they read weeks ago.',
  fix: 'Let configurationChecksum() of lib/workloads/configuration-checksum.ts write the annotation of the pods, from the files of the ConfigMap.',
  *check(target) {
    const released = new Set(target.releases.map(({ workload }) => workload));
    for (const workload of target.workloads) {
      const { object, annotations } = workload;
      // A Job runs once, and Flagger notices by itself.
      if (object.kind === 'Job' || object.kind === 'CronJob' || released.has(workload)) continue;
      // A file that is named is likelier to be the one of the checksum, and each costs a checksum.
      const mounted = mountsOf(workload, target).sort((one, other) => Number(other.isNamed) - Number(one.isNamed));
      if (mounted.length === 0) continue;
      const told = annotations[CONFIGURATION];
      const field = `${workload.field.replace(/\/spec$/, '')}/metadata/annotations/${escaped(CONFIGURATION)}`;
      const read = mounted.find(({ isNamed }) => isNamed)?.map.metadata.name;
      if (told === undefined) {
        if (read !== undefined) yield { object, field, message: `is missing, though the pods read ConfigMap "${read}" when they start` };
      } else if (!mounted.some(({ map }) => checksumOf(map) === told)) {
        const names = mounted.map(({ map }) => `${checksumOf(map)} of "${map.metadata.name}"`).join(', ');
        yield { object, field, message: `is ${told}, the checksum of none of their ConfigMaps (there: ${names})` };
      }
    }
  },
};

/** ConfigMaps in folders of the running containers, and whether a command names a file there. */
function mountsOf({ pod, namespace, containers }: Workload, target: TargetIndex): { map: Manifest; isNamed: boolean }[] {
  const running = containers.filter(({ init }) => !init);
  return records(pod.volumes).flatMap(({ name: volume, configMap }) => {
    const map = configMap && target.find('ConfigMap', namespace, String(configMap.name));
    if (map === undefined) return [];
    const mounts = running.flatMap(({ spec }) =>
      records(spec.volumeMounts).flatMap(({ name, mountPath }) => (name === volume ? [{ spec, folder: `${mountPath}/` }] : [])),
    );
    const isNamed = mounts.some(({ spec, folder }) => [spec.command, spec.args].flat().some((text) => String(text).includes(folder)));
    return mounts.length === 0 ? [] : [{ map, isNamed }];
  });
}

const checksumOf = perObject(({ data }: Manifest) => dataChecksum(record(data)));
