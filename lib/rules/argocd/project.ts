import { isClusterScoped } from '../../kubernetes/cluster-scoped';
import { groupOf, type Manifest } from '../../kubernetes/manifest';
import { records } from '../fields';

/** Argo CD's globs as AppProjects use them: `*` stands for anything. */
function matches(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') return false;
  if (!pattern.includes('*')) return pattern === text;
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}

/** A repository's URL as Argo CD compares it: without `.git`, in lower case, however it is reached. */
const repository = (url: string): string =>
  url
    .trim()
    .toLowerCase()
    .replace(/\.git\/?$|\/$/, '');

/** Whether a project permits a repository. An entry that begins with `!` takes it away again. */
export function permitsSource({ spec }: Manifest, url: string): boolean {
  const entries: unknown[] = Array.isArray(spec?.sourceRepos) ? spec.sourceRepos : [];
  const is = (entry: string): boolean => matches(repository(entry), repository(url));
  const texts = entries.filter((entry) => typeof entry === 'string');
  return texts.some((entry) => !entry.startsWith('!') && is(entry)) && !texts.some((entry) => entry.startsWith('!') && is(entry.slice(1)));
}

/**
 * Whether a project permits a namespace of a cluster.
 *
 * @param namespace undefined asks for the cluster alone
 */
export function permitsDestination({ spec }: Manifest, cluster: string, namespace: string | undefined): boolean {
  return records(spec?.destinations).some(
    (entry) => matches(entry.name, cluster) && (namespace === undefined || matches(entry.namespace, namespace)),
  );
}

/** Whether a project permits an object's kind, and outside of namespaces its name. */
export function permitsKind({ spec }: Manifest, object: Manifest): boolean {
  const is = (entry: Readonly<Record<string, unknown>>): boolean =>
    matches(entry['group'], groupOf(object)) && matches(entry['kind'], object.kind);
  if (isClusterScoped(object)) {
    return records(spec?.clusterResourceWhitelist).some(
      (entry) => is(entry) && (entry.name === undefined || matches(entry.name, object.metadata.name)),
    );
  }
  // Without a list, a project permits every kind.
  const listed = spec?.namespaceResourceWhitelist === undefined || records(spec.namespaceResourceWhitelist).some(is);
  return listed && !records(spec?.namespaceResourceBlacklist).some(is);
}
