import { groupOf, type Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import { type FleetIndex, sourcesOf } from '../fleet-index';
import type { FleetTarget } from '../fleet-summary';
import type { FleetRule } from '../rule';
import { BROUGHT_BY } from './definitions';

/** Groups that a platform brings by itself. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = { gke: ['gateway.networking.k8s.io'] };

export const kindsAreInstalled: FleetRule = {
  id: 'kinds-are-installed',
  title: 'Every cluster gets the addons whose kinds its apps use.',
  why: 'Without the definition of a kind the sync of the app fails: "the server could not find the requested resource"; without its controller nothing happens to the object.',
  fix: 'Add the addon to what addonsOf() of lib/gitops/addons/addons.ts gives the target, with its kinds: skipCrds leaves them out.',
  *checkFleet(fleet) {
    const brought = broughtTo(fleet);
    const firsts = new Map<readonly Manifest[], ReadonlyMap<string, Manifest>>();
    for (const target of fleet.targets) {
      const told = new Set<string>();
      for (const app of target.apps) {
        const first = firsts.get(app.objects) ?? firstOfGroups(app.objects);
        firsts.set(app.objects, first);
        for (const [group, object] of first) {
          const sources = BROUGHT_BY[group];
          const cluster = `${target.environment}-${target.region}`;
          if (sources === undefined || isBuiltIn(target, group) || told.has(group)) continue;
          if (sources.some((source) => brought.get(cluster)?.has(source))) continue;
          told.add(group);
          const message = `is ${object.kind} of ${group}, which no addon of ${cluster} installs: it comes with ${sources.join(' or ')}`;
          yield { app, object, field: '/kind', message };
        }
      }
    }
  },
};

const isBuiltIn = ({ platform = '' }: FleetTarget, group: string): boolean => BUILT_IN[platform]?.includes(group) ?? false;

function firstOfGroups(objects: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  const first = new Map<string, Manifest>();
  for (const object of objects) if (!first.has(groupOf(object))) first.set(groupOf(object), object);
  return first;
}

/** Charts and repositories that bring their kinds to each cluster. */
function broughtTo({ applications }: FleetIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const brought = new Map<string, Set<string>>();
  for (const { application } of applications) {
    const cluster = String(record(record(application.spec).destination).name);
    const sources = brought.get(cluster) ?? new Set();
    brought.set(cluster, sources);
    for (const { chart, repoURL, helm } of sourcesOf(application)) {
      if (chart === undefined) sources.add(String(repoURL).replace(/\.git$/, ''));
      else if (record(helm).skipCrds !== true) sources.add(String(chart));
    }
  }
  return brought;
}
