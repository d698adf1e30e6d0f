import type { Manifest } from '../../kubernetes/manifest';
import { kindOf } from '../object-key';
import type { Tree } from '../read-tree';
import type { RuledTarget } from '../target-index';
import type { PlaceNames } from './leaves';

/** A place that may hold an object: an app of a target, or a folder of `argocd/`. */
export interface Place {
  readonly environment: string;
  readonly region: string;

  /** Empty for a folder of `argocd/`. */
  readonly app: string;

  /** How people name it: `prod/us-west-2`, `argocd/prod`. */
  readonly name: string;

  /** What it has in common with other places: those of one circle are compared. */
  readonly circles: readonly string[];

  /** Its own names, and what stands for them in texts. */
  readonly names: PlaceNames;
}

/** An object of one place that others have as well. */
export interface Copy {
  readonly place: Place;
  readonly object: Manifest;
}

/** What is compared: places of one kind, and the objects in them by what is the same in all places. */
export interface Alike {
  readonly places: Place[];
  readonly objects: Map<string, Copy[]>;
}

/** A tree by what should be alike in it: the app of all targets, the folder of all environments or of all regions of `argocd/`. */
export function alikeIn({ targets, folders = [] }: Pick<Tree, 'targets' | 'folders'>): ReadonlyMap<string, Alike> {
  const found = new Map<string, Alike>();
  const put = (group: string, place: Place, manifests: readonly Manifest[]): void => {
    const alike = found.get(group) ?? { places: [], objects: new Map<string, Copy[]>() };
    found.set(group, alike);
    alike.places.push(place);
    for (const object of manifests) {
      const name = nameIn(place, object);
      alike.objects.set(name, [...(alike.objects.get(name) ?? []), { place, object }]);
    }
  };
  const platforms = new Map(targets.map(({ environment, region, facts }) => [`${environment}/${region}`, facts?.region.platform.name]));
  const circlesOf = (environment: string, region: string): readonly string[] => {
    const platform = platforms.get(`${environment}/${region}`);
    return ['all', `environment ${environment}`, ...(platform === undefined ? [] : [`platform ${platform}`])];
  };
  for (const { environment, region, apps } of targets) {
    const place = { environment, region, name: `${environment}/${region}`, circles: circlesOf(environment, region) };
    for (const { name: app, manifests } of apps) put(app, { ...place, app, names: namesOf(environment, region) }, manifests);
  }
  const environments = new Set(targets.map(({ environment }) => environment));
  for (const { name, manifests } of folders) {
    const [environment = '', region = ''] = name.split('/');
    if (!environments.has(environment)) continue;
    const circles = circlesOf(environment, region);
    const place = { environment, region, app: '', name: `argocd/${name}`, circles, names: namesOf(environment, region) };
    put(region === '' ? 'argocd/*' : 'argocd/*/*', place, manifests);
  }
  return found;
}

/** What an object is called in every place. A Job that is named after its contents is the same Job. */
function nameIn(place: Place, object: RuledTarget['apps'][number]['manifests'][number]): string {
  const { namespace = '', name } = object.metadata;
  return `${kindOf(object)} ${namespace} ${withoutNames(name, place).replace(/-[0-9a-f]{8}$/, '')}`;
}

/** A text with stand-ins for the names of its place. */
export const withoutNames = (text: string, { names }: Place): string =>
  names.reduce((left, [name, standIn]) => left.replace(name, standIn), text);

function namesOf(environment: string, region: string): PlaceNames {
  const names = [
    [region, '<region>'],
    [environment, '<environment>'],
  ] as const;
  return names
    .filter(([name]) => name !== '')
    .map(([name, standIn]) => [new RegExp(`(?<![A-Za-z0-9])${name.replaceAll(/[^\w-]/g, '\\$&')}(?![A-Za-z0-9])`, 'g'), standIn]);
}
