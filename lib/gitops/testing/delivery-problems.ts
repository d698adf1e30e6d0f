import { describe, groupOf, type Manifest } from '../../kubernetes/manifest';
import type { SynthesizedApp, SynthesizedTarget } from '../../kubernetes/synthesized';
import { applicationProblems, applicationSetProblems } from './application-problems';
import { permits, projectProblems } from './project-problems';
import { type Rendered, renderApplications } from './rendered';

/**
 * Everything that Argo CD would refuse, ignore or do otherwise than intended, found by rendering what `argocd/` holds
 * against what `dist/` holds. It shares no code with what wrote them.
 */
export function deliveryProblems(argocd: readonly SynthesizedApp[], dist: readonly SynthesizedTarget[]): string[] {
  const manifests = argocd.flatMap((folder) => folder.manifests);
  const projects = new Map(manifests.filter(({ kind }) => kind === 'AppProject').map((project) => [project.metadata.name, project]));
  const sets = manifests.filter(({ kind }) => kind === 'ApplicationSet');
  const clusters = new Set(['in-cluster', ...dist.map(({ environment, region }) => `${environment}-${region}`)]);
  const rendered = renderApplications(argocd);
  const applicationsOf = (owner: Manifest) => rendered.filter(({ set }) => set === owner).map(({ application }) => application);
  return [
    ...[...projects.values()].flatMap(projectProblems),
    ...sets.flatMap((set) => applicationSetProblems(set, applicationsOf(set))),
    ...rendered.flatMap((one) => applicationProblems(one, projects, clusters)),
    ...twice(rendered.map(({ application }) => application.metadata.name)).map((name) => `Application/${name}: it is there twice`),
    ...folderProblems(rendered, dist, projects),
  ];
}

/** Every folder has one Application and every Application its folder; each of its objects is permitted, and on a cluster only once. */
function folderProblems(
  rendered: readonly Rendered[],
  dist: readonly SynthesizedTarget[],
  projects: ReadonlyMap<string, Manifest>,
): string[] {
  const ours = rendered.filter(({ application }) => application.spec.source.path?.startsWith('dist/'));
  const applications = new Map(ours.map(({ application }) => [application.spec.source.path as string, application]));
  const problems = twice(ours.map(({ application }) => application.spec.source.path)).map((path) => `${path}: two Applications deliver it`);
  for (const { environment, region, apps } of dist) {
    const onCluster: string[] = [];
    for (const app of apps) {
      const path = `dist/${environment}/${region}/${app.name}`;
      const application = applications.get(path);
      applications.delete(path);
      onCluster.push(...app.manifests.map((manifest) => `${groupOf(manifest)}/${describe(manifest)}`));
      if (application === undefined) {
        problems.push(`${path}: no Application delivers it`);
      } else {
        problems.push(...forbidden(application, app, projects).map((object) => `${path}: its project does not permit ${object}`));
        if (application.spec.destination.name !== `${environment}-${region}`) problems.push(`${path}: it goes to another cluster`);
      }
    }
    problems.push(...twice(onCluster).map((object) => `${environment}/${region}: ${object} is delivered twice`));
  }
  return [...problems, ...[...applications.keys()].map((path) => `${path}: there is no such folder`)];
}

function forbidden({ spec }: Manifest, app: SynthesizedApp, projects: ReadonlyMap<string, Manifest>): string[] {
  const project = projects.get(spec.project);
  if (project === undefined) return [];
  return app.manifests.filter((object) => !permits(project, spec.destination.name, object, spec.destination.namespace)).map(describe);
}

const twice = (names: readonly string[]): string[] => [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
