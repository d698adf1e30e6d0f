import { isClusterScoped } from '../../kubernetes/cluster-scoped';
import { groupOf, type Manifest } from '../../kubernetes/manifest';

/** What Argo CD's API server refuses in an AppProject. Nobody checks it in one that comes from Git. */
export function projectProblems({ metadata, spec }: Manifest): string[] {
  const problems: string[] = [];
  const say = (message: string) => problems.push(`AppProject/${metadata.name}: ${message}`);
  const destinations: { name?: string; server?: string; namespace?: string }[] = spec.destinations ?? [];
  for (const [what, entries] of Object.entries({ destinations, sourceRepos: spec.sourceRepos, syncWindows: spec.syncWindows ?? [] })) {
    const texts = (entries as unknown[]).map((entry) => JSON.stringify(entry));
    if (new Set(texts).size < texts.length) say(`${what} holds an entry twice`);
    if (texts.some((text) => text.includes('!') || text.includes('"*"'))) if (what !== 'syncWindows') say(`${what} holds a wildcard`);
  }
  for (const { name, server, namespace } of destinations) {
    if (server !== undefined || !name || !namespace) say('a destination is not a cluster by name and a namespace');
  }
  if (!Array.isArray(spec.namespaceResourceWhitelist)) say('every namespaced kind is allowed');
  for (const { kind, schedule, duration, applications = [], namespaces = [], clusters = [] } of spec.syncWindows ?? []) {
    if (!['allow', 'deny'].includes(kind)) say(`a window of kind ${kind}`);
    if (schedule.trim().split(/\s+/).length !== 5) say(`a schedule of "${schedule}"`);
    if (!/^(\d+(\.\d+)?(h|m|s))+$/.test(duration)) say(`a duration of "${duration}"`);
    if (applications.length + namespaces.length + clusters.length === 0) say('a window for nothing');
  }
  return problems;
}

/** Whether a project permits an object on a cluster. */
export function permits(project: Manifest, cluster: string, object: Manifest, defaultNamespace: string): boolean {
  const { spec } = project;
  const { name, namespace = defaultNamespace } = object.metadata;
  const isKind = (entry: { group: string; kind: string }) => entry.group === groupOf(object) && entry.kind === object.kind;
  if (isClusterScoped(object)) {
    return spec.clusterResourceWhitelist.some((entry: { group: string; kind: string; name?: string }) => {
      return isKind(entry) && (entry.name === undefined || entry.name === name);
    });
  }
  return spec.namespaceResourceWhitelist.some(isKind) && permitsDestination(project, cluster, namespace);
}

/** Whether a project permits a namespace of a cluster. */
export function permitsDestination({ spec }: Manifest, cluster: string, namespace: string): boolean {
  return spec.destinations.some((entry: { name: string; namespace: string }) => entry.name === cluster && entry.namespace === namespace);
}
