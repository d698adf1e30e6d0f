import { problemAt } from '../delivered';
import { record } from '../fields';
import { sourcesOf } from '../fleet-index';
import { there } from '../references/there';
import type { FleetRule } from '../rule';
import { permitsDestination, permitsSource } from './project';

export const projectsPermitApplications: FleetRule = {
  id: 'projects-permit-applications',
  title: 'Every Application belongs to a project that is written out, exists, and permits its repository and its destination.',
  why: 'Argo CD refuses an Application that its project does not permit, with InvalidSpecError; a project from a template grants whatever an element asks for, and the project default permits everything.',
  fix: 'Let lib/gitops/app-project.ts write the project: it lists every repository, cluster and namespace that it is handed.',
  *checkFleet({ applications, projects, clusters }) {
    for (const delivered of applications) {
      const { application, owner, element } = delivered;
      const spec = record(application.spec);
      const name = String(spec.project);
      const written = element === undefined ? name : String(record(record(owner.spec?.template).spec).project);
      if (written.includes('{{')) {
        yield { object: owner, field: '/spec/template/spec/project', message: `is "${written}", made by a template` };
        continue;
      }
      const project = projects.get(name);
      if (project === undefined || name === 'default') {
        const message = `is "${name}", ${name === 'default' ? 'which permits everything' : `which does not exist${there(projects.keys())}`}`;
        yield problemAt(delivered, '/spec/project', message);
        continue;
      }
      for (const { repoURL, field } of sourcesOf(application)) {
        if (permitsSource(project, String(repoURL))) continue;
        yield problemAt(delivered, `${field}/repoURL`, `is "${repoURL}", which AppProject/${name} does not permit`);
      }
      const { name: cluster, namespace } = record(spec.destination);
      // A cluster that is none is told of as that.
      if (!clusters.has(String(cluster)) || permitsDestination(project, String(cluster), String(namespace))) continue;
      const message = `leads to namespace ${namespace} of ${cluster}, which AppProject/${name} does not permit`;
      yield problemAt(
        delivered,
        permitsCluster(project, String(cluster)) ? '/spec/destination/namespace' : '/spec/destination/name',
        message,
      );
    }
  },
};

const permitsCluster = (project: Parameters<typeof permitsDestination>[0], cluster: string): boolean =>
  permitsDestination(project, cluster, undefined);
