import type { Manifest } from '../../kubernetes/manifest';
import { follow, path, record, records } from '../fields';
import { HUB_CLUSTER, sourcesOf } from '../fleet-index';
import type { FleetRule } from '../rule';
import { syncAnnotations } from './sync-annotations';

const NAMESPACE = 'argocd';
const WAVE = 'argocd.argoproj.io/sync-wave';

export const hubIsApart: FleetRule = {
  id: 'hub-is-apart',
  title: 'One Application delivers argocd/ but not itself, in the order of what needs what, and no other project may deploy there.',
  why: 'Whoever writes to the namespace of Argo CD administers every cluster; a root Application that delivers itself can delete itself; an Application that comes before its project is refused.',
  fix: 'Keep the root in argocd/bootstrap (lib/gitops/bootstrap.ts), excluded from what it reads, and the waves of lib/gitops/hub-wave.ts: settings, projects, Applications.',
  *checkFleet({ hub, applications, projects }) {
    const roots = applications.filter(({ application }) => sourcesOf(application).some((source) => source.path === NAMESPACE));
    const [root] = roots;
    const [project] = projects.values();
    // The root stands beside its project, whatever it reads.
    const meant = applications.find(({ owner }) => project !== undefined && hub.app(owner) === hub.app(project));
    if (root === undefined && meant !== undefined) {
      const written = JSON.stringify(sourcesOf(meant.application)[0]?.path) ?? 'missing';
      yield {
        object: meant.owner,
        field: '/spec/source/path',
        message: `is ${written}, not "${NAMESPACE}": no Application would deliver argocd/`,
      };
    } else if (root === undefined && project !== undefined) {
      yield { object: project, field: '', message: 'is delivered by no Application, and nor is anything else in argocd/' };
    }
    for (const { owner } of roots.slice(1))
      yield { object: owner, field: '/spec/source/path', message: 'is argocd, which another Application delivers already' };
    if (root !== undefined) {
      const [exclude] = follow(root.application, path('/spec/source/directory/exclude'));
      const folder = hub.app(root.owner);
      if (exclude?.value !== `${folder}/*`) {
        const message = `is ${JSON.stringify(exclude?.value) ?? 'missing'}, not "${folder}/*", the folder of the Application itself`;
        yield { object: root.owner, field: `${root.field}/spec/source/directory/exclude`, message };
      }
    }
    const own = record(root?.application.spec).project;
    for (const object of projects.values()) {
      if (root === undefined || object.metadata.name === own) continue;
      for (const [i, { name, namespace }] of records(record(object.spec).destinations).entries()) {
        if (name !== HUB_CLUSTER && namespace !== NAMESPACE) continue;
        yield { object, field: `/spec/destinations/${i}`, message: `leads to ${namespace} of ${name}, where Argo CD is configured` };
      }
    }
    for (const { application, owner } of applications) {
      const needed = projects.get(String(record(application.spec).project));
      if (needed === undefined || waveOf(needed) <= waveOf(owner)) continue;
      const message = `is ${waveOf(owner)}, an earlier wave than that of AppProject/${needed.metadata.name}, ${waveOf(needed)}`;
      yield { object: owner, field: `/metadata/annotations/${WAVE.replace('/', '~1')}`, message };
    }
    // Addons bring the kinds that apps need.
    const sets = hub.all('ApplicationSet.argoproj.io').map(waveOf);
    for (const { application, owner, element } of applications) {
      if (element !== undefined || !sourcesOf(application).some(({ chart }) => chart !== undefined) || waveOf(owner) <= Math.min(...sets))
        continue;
      const message = `is ${waveOf(owner)}, a later wave than that of the apps that need the addon, ${Math.min(...sets)}`;
      yield { object: owner, field: `/metadata/annotations/${WAVE.replace('/', '~1')}`, message };
    }
    yield* syncAnnotations.check(hub);
  },
};

const waveOf = ({ metadata }: Manifest): number => Number(metadata.annotations?.[WAVE] ?? 0);
