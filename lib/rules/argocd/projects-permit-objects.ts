import { isClusterScoped } from '../../kubernetes/cluster-scoped';
import { groupOf, type Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import type { FleetProblem, FleetRule } from '../rule';
import { permitsDestination, permitsKind } from './project';

export const projectsPermitObjects: FleetRule = {
  id: 'projects-permit-objects',
  title: 'The project of an app permits every object that the app holds, and its namespace.',
  why: 'One object that the project does not permit fails the sync of the whole app: "resource … is not permitted in project …".',
  fix: 'Let the project follow from what is delivered: its lists in lib/gitops/app-project.ts are made of the kinds, names and namespaces of the apps.',
  *checkFleet(fleet) {
    // Regions share their lists of objects, so that a project reads each of them once.
    const forbidden = new Map<string, Map<readonly Manifest[], readonly Manifest[]>>();
    for (const delivered of fleet.applications) {
      const app = fleet.appOf(delivered);
      const spec = record(delivered.application.spec);
      const project = fleet.projects.get(String(spec.project));
      if (project === undefined || app === undefined) continue;
      const name = project.metadata.name;

      const known = forbidden.get(name) ?? new Map<readonly Manifest[], readonly Manifest[]>();
      forbidden.set(name, known);
      let objects = known.get(app.objects);
      if (objects === undefined) {
        objects = app.objects.filter((object) => !permitsKind(project, object));
        known.set(app.objects, objects);
      }
      for (const [object, what] of firstOfEach(objects, kindOf)) {
        yield { app, object, field: '/kind', message: `is ${what}, which AppProject/${name} does not permit` };
      }
      const { name: cluster, namespace: own } = record(spec.destination);
      // The Application's own namespace is told of where the Application is.
      const namespaced = app.objects.filter(({ metadata }) => metadata.namespace !== undefined && metadata.namespace !== own);
      for (const [object, namespace] of firstOfEach(namespaced, ({ metadata }) => String(metadata.namespace))) {
        if (permitsDestination(project, String(cluster), namespace)) continue;
        yield {
          app,
          object,
          field: '/metadata/namespace',
          message: `is ${namespace} of ${cluster}, which AppProject/${name} does not permit`,
        };
      }
      yield* createdNamespaces(spec, project);
    }
  },
};

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

/** A kind as AppProjects permit it: outside of namespaces, together with the name. */
function kindOf(object: Manifest): string {
  const kind = groupOf(object) === '' ? object.kind : `${groupOf(object)}/${object.kind}`;
  return isClusterScoped(object) ? `${kind} "${object.metadata.name}" outside of namespaces` : kind;
}

/** Of objects that are alike, the first: what is wrong with one is wrong with all, and mended once. */
function firstOfEach(objects: readonly Manifest[], by: (object: Manifest) => string): Iterable<readonly [Manifest, string]> {
  const first = new Map<string, Manifest>();
  for (const object of objects) if (!first.has(by(object))) first.set(by(object), object);
  return [...first].map(([text, object]) => [object, text]);
}
