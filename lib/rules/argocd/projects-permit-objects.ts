import { isClusterScoped } from '../../kubernetes/cluster-scoped';
import { groupOf, type Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';
import type { FleetProblem, FleetRule } from '../rule';
import { permitsDestination, permitsKind } from './project';

export const projectsPermitObjects: FleetRule = {
  id: 'projects-permit-objects',
  title: 'The project of an app permits every object that the app holds, and its namespace.',
  why: 'One object that the project does not permit fails the sync of the whole app: "resource … is not permitted in project …".',
  fix: 'Let lib/gitops/app-project.ts write the project: its lists are made of the kinds, names and namespaces of the apps.',
  *checkFleet(fleet) {
    yield* ofHub(fleet);
    // Regions share their lists of objects, so that each list is read once.
    const known = new Map<readonly Manifest[], Distinct>();
    for (const delivered of fleet.applications) {
      const app = fleet.appOf(delivered);
      const spec = record(delivered.application.spec);
      const project = fleet.projects.get(String(spec.project));
      if (project === undefined || app === undefined) continue;
      const name = project.metadata.name;
      const { kinds, namespaces } = known.get(app.objects) ?? distinct(app.objects);
      known.set(app.objects, { kinds, namespaces });

      for (const [what, object] of kinds) {
        if (permitsKind(project, object)) continue;
        yield { app, object, field: '/kind', message: `is ${what}, which AppProject/${name} does not permit` };
      }
      const { name: cluster, namespace: own } = record(spec.destination);
      for (const [namespace, object] of namespaces) {
        // The Application's own namespace is told of where the Application is.
        if (namespace === own || permitsDestination(project, String(cluster), namespace)) continue;
        const message = `is ${namespace} of ${cluster}, which AppProject/${name} does not permit`;
        yield { app, object, field: '/metadata/namespace', message };
      }
      yield* createdNamespaces(spec, project);
    }
  },
};

/** What delivers `argocd/` itself delivers every folder of it but the one that a person applies. */
function* ofHub({ applications, projects, hub }: FleetIndex): Iterable<FleetProblem> {
  const roots = applications.filter(({ application }) => sourcesOf(application).some(({ path }) => path === 'argocd'));
  for (const { application } of roots) {
    const project = projects.get(String(record(application.spec).project));
    if (project === undefined) continue;
    const { kinds } = distinct(hub.objects.filter((object) => hub.app(object) !== 'bootstrap'));
    for (const [what, object] of kinds) {
      if (permitsKind(project, object)) continue;
      const message = `permits no ${what}, which Application/${application.metadata.name} delivers`;
      yield { object: project, field: '/spec/namespaceResourceWhitelist', message };
    }
  }
}

/** A namespace that Argo CD makes itself counts as an object of the app. */
function* createdNamespaces(spec: Readonly<Record<string, unknown>>, project: Manifest): Iterable<FleetProblem> {
  const options: unknown = record(spec['syncPolicy'])['syncOptions'];
  if (!Array.isArray(options) || !options.includes('CreateNamespace=true')) return;
  const { namespace } = record(spec['destination']);
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: String(namespace) } };
  if (permitsKind(project, object)) return;
  const message = `does not permit Namespace "${namespace}", which CreateNamespace=true makes`;
  yield { object: project, field: '/spec/clusterResourceWhitelist', message };
}

/** What projects permit or not, each with the first object that needs it: what is wrong with one is wrong with all, and mended once. */
interface Distinct {
  /** Kinds; those outside of namespaces together with the name. */
  readonly kinds: ReadonlyMap<string, Manifest>;
  readonly namespaces: ReadonlyMap<string, Manifest>;
}

function distinct(objects: readonly Manifest[]): Distinct {
  const kinds = new Map<string, Manifest>();
  const namespaces = new Map<string, Manifest>();
  for (const object of objects) {
    const { name, namespace } = object.metadata;
    const group = groupOf(object);
    const kind = group === '' ? object.kind : `${group}/${object.kind}`;
    const what = isClusterScoped(object) ? `${kind} "${name}" outside of namespaces` : kind;
    if (!kinds.has(what)) kinds.set(what, object);
    if (namespace !== undefined && !namespaces.has(namespace)) namespaces.set(namespace, object);
  }
  return { kinds, namespaces };
}
