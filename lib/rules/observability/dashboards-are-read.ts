import type { Manifest } from '../../kubernetes/manifest';
import { dashboardsIn } from '../dashboards';
import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Container, Workload } from '../workload';

/** A file that tells Grafana where dashboards are, and the folder that it says. */
const PROVIDERS = /^providers:/m;
const FOLDER = /^[ \t]+path:[ \t]*["']?(\/[^\s"']*)/gm;

export const dashboardsAreRead: Rule = {
  id: 'dashboards-are-read',
  title: 'Grafana reads dashboards from a folder into which its pods mount them, and mounts every one that there is.',
  why: 'A folder that does not exist is a line in a log: Grafana starts, is healthy, and has nothing to show during the next outage.',
  fix: 'Mount the ConfigMaps of dashboards at the `path` of the provider, as lib/monitoring/grafana.ts does.',
  *check(target) {
    const namespaces = new Set<string>();
    const mounted = new Set<Manifest>();
    for (const workload of target.workloads) {
      for (const container of workload.containers) {
        if (container.init) continue;
        for (const { object, name, text } of filesIn(container, workload, target)) {
          if (!PROVIDERS.test(text)) continue;
          namespaces.add(workload.namespace);
          for (const [, folder = ''] of text.matchAll(FOLDER)) {
            const found = mapsAt(container, workload, target).find(({ path }) => path === folder.replace(/\/+$/, ''));
            for (const map of found?.maps ?? []) mounted.add(map);
            if (found === undefined) yield* lost(object, name, folder, container, workload, target);
          }
        }
      }
    }
    for (const object of mounted.size === 0 ? [] : target.all('ConfigMap')) {
      if (!namespaces.has(object.metadata.namespace ?? '') || mounted.has(object) || [...dashboardsIn(object)].length === 0) continue;
      yield { object, field: '/metadata/name', message: 'is a dashboard that no Grafana mounts: nobody sees it' };
    }
  },
};

function* lost(
  object: Manifest,
  file: string,
  folder: string,
  container: Container,
  workload: Workload,
  target: TargetIndex,
): Iterable<Problem> {
  const folders = mapsAt(container, workload, target)
    .filter(({ maps }) => maps.some((map) => [...dashboardsIn(map)].length > 0))
    .map(({ path }) => path);
  const message = `has Grafana read dashboards from ${folder}, where its pods mount none${there(folders)}`;
  yield { object, field: `/data/${file}`, message };
}

/** Files of ConfigMaps that a container has in its folders. */
const filesIn = (container: Container, workload: Workload, target: TargetIndex) =>
  mapsAt(container, workload, target).flatMap(({ maps }) =>
    maps.flatMap((object) =>
      Object.entries(record(object.data)).flatMap(([name, text]) =>
        typeof text === 'string' && text.includes('providers:') ? [{ object, name, text }] : [],
      ),
    ),
  );

/** Folders of a container, and the ConfigMaps that are mounted there. */
const mapsAt = ({ spec }: Container, { pod, namespace }: Workload, target: TargetIndex) =>
  records(spec.volumeMounts).flatMap(({ name, mountPath }) => {
    const volume = records(pod.volumes).find((each) => each.name === name);
    const maps = mapsOf(volume).flatMap((map) => target.find('ConfigMap', namespace, map) ?? []);
    return maps.length === 0 ? [] : [{ path: String(mountPath).replace(/\/+$/, ''), maps }];
  });

/** ConfigMaps of a volume, by name. */
const mapsOf = (volume: Data): readonly string[] =>
  [record(volume).configMap, ...records(record(record(volume).projected).sources).map(({ configMap }) => configMap)].flatMap((source) =>
    typeof source?.name === 'string' ? [source.name] : [],
  );
