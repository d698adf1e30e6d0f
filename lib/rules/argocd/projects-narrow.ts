import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';
import type { FleetRule, Problem } from '../rule';

const ROLE = /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const GROUP = /^[^,\r\n\t]+$/;

export const projectsNarrow: FleetRule = {
  id: 'projects-narrow',
  title: 'Every AppProject names what it permits: repositories, clusters, namespaces and kinds, each once.',
  why: 'The API server of Argo CD checks the projects that come through it, not those from Git: there a wildcard, or a server beside a name, silently permits every cluster.',
  fix: 'List what is delivered and nothing else: destinations by name and namespace, kinds one by one; lib/gitops/app-project.ts does so.',
  *checkFleet(fleet) {
    for (const object of fleet.hub.all('AppProject.argoproj.io')) {
      const { sourceRepos, destinations, namespaceResourceWhitelist, clusterResourceWhitelist, roles, sourceNamespaces } = record(
        object.spec,
      );
      if (object.metadata.name === 'default')
        yield { object, field: '/metadata/name', message: 'is "default", the project that Argo CD makes for itself' };
      yield* listProblems(object, '/spec/sourceRepos', Array.isArray(sourceRepos) ? sourceRepos : []);
      yield* listProblems(object, '/spec/destinations', records(destinations));
      for (const [i, { name, server, namespace }] of records(destinations).entries()) {
        const field = `/spec/destinations/${i}`;
        if (server !== undefined)
          yield { object, field: `${field}/server`, message: 'is written: Argo CD permits what matches the server or the name' };
        if (!name) yield { object, field, message: 'names no cluster' };
        if (!namespace) yield { object, field, message: 'names no namespace' };
      }
      if (!Array.isArray(namespaceResourceWhitelist)) {
        yield { object, field: '/spec/namespaceResourceWhitelist', message: 'is not written: every kind is permitted' };
      }
      for (const [list, entries] of Object.entries({ namespaceResourceWhitelist, clusterResourceWhitelist })) {
        for (const [i, { group, kind }] of records(entries).entries()) {
          if (group === '*' || kind === '*')
            yield { object, field: `/spec/${list}/${i}`, message: `permits ${kind === '*' ? 'every kind' : 'every group'}` };
          if (list === 'namespaceResourceWhitelist' && group === '' && kind === 'Secret' && !deliversCharts(object, fleet)) {
            yield { object, field: `/spec/${list}/${i}`, message: 'permits Secrets, which Git holds none of' };
          }
        }
      }
      for (const [i, namespace] of (Array.isArray(sourceNamespaces) ? sourceNamespaces : []).entries()) {
        if (!String(namespace).includes('*')) continue;
        yield {
          object,
          field: `/spec/sourceNamespaces/${i}`,
          message: `is "${namespace}": whoever may write there may deploy as this project`,
        };
      }
      yield* roleProblems(object, records(roles));
    }
  },
};

/** Charts bring Secrets of their own; folders of ours never do. */
const deliversCharts = ({ metadata }: Manifest, { applications }: FleetIndex): boolean =>
  applications.some(({ application }) => {
    return application.spec?.project === metadata.name && sourcesOf(application).some(({ chart }) => chart !== undefined);
  });

function* listProblems(object: Manifest, field: string, entries: readonly unknown[]): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [i, entry] of entries.entries()) {
    const text = JSON.stringify(entry);
    if (seen.has(text)) yield { object, field: `${field}/${i}`, message: `is there twice: ${text}` };
    seen.add(text);
    const wide = typeof entry === 'string' ? [entry] : Object.values(record(entry));
    if (wide.some((value) => typeof value === 'string' && /^!?\*$|\*.*:\/\/|:\/\/\*/.test(value)))
      yield { object, field: `${field}/${i}`, message: `permits anything: ${text}` };
    if (wide.includes('!*')) yield { object, field: `${field}/${i}`, message: 'denies everything' };
  }
  if (entries.length === 0) yield { object, field, message: 'is empty: nothing may be deployed' };
}

function* roleProblems(object: Manifest, roles: readonly Readonly<Record<string, unknown>>[]): Iterable<Problem> {
  const project = object.metadata.name;
  const names = new Set<unknown>();
  for (const [i, { name, policies, groups }] of roles.entries()) {
    const field = `/spec/roles/${i}`;
    if (typeof name !== 'string' || !ROLE.test(name))
      yield { object, field: `${field}/name`, message: `is ${JSON.stringify(name)}, no name of a role` };
    if (names.has(name)) yield { object, field: `${field}/name`, message: `is "${name}" once more` };
    names.add(name);
    const seen = new Set<unknown>();
    for (const [j, policy] of (Array.isArray(policies) ? policies : []).entries()) {
      if (!isPolicy(policy, project, String(name))) {
        const wanted = `p, proj:${project}:${name}, <resource>, <action>, ${project}/<object>, allow`;
        yield { object, field: `${field}/policies/${j}`, message: `is "${policy}", not of the form "${wanted}"` };
      }
      const [, , , action, , effect] = String(policy)
        .split(',')
        .map((part) => part.trim());
      if (action === '*' && effect === 'allow')
        yield { object, field: `${field}/policies/${j}`, message: 'allows every action, deletion and overrides too: name them' };
      if (seen.has(policy)) yield { object, field: `${field}/policies/${j}`, message: 'is there twice' };
      seen.add(policy);
    }
    for (const [j, group] of (Array.isArray(groups) ? groups : []).entries()) {
      if (typeof group === 'string' && GROUP.test(group)) continue;
      yield { object, field: `${field}/groups/${j}`, message: `is ${JSON.stringify(group)}, no name of a group` };
    }
  }
}

function isPolicy(policy: unknown, project: string, role: string): boolean {
  const [p, subject, resource, action, object, effect, ...rest] = String(policy)
    .split(',')
    .map((part) => part.trim());
  return (
    p === 'p' &&
    subject === `proj:${project}:${role}` &&
    !!resource &&
    !!action &&
    object?.startsWith(`${project}/`) === true &&
    (effect === 'allow' || effect === 'deny') &&
    rest.length === 0
  );
}
