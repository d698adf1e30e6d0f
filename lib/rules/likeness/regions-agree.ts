import { describe } from '../../kubernetes/manifest';
import type { Finding } from '../finding';
import type { Tree } from '../read-tree';
import type { RuleText } from '../rule';
import { type Alike, alikeIn, type Copy, type Place } from './copies';
import { leavesOf } from './leaves';
import { LEAST_OTHERS, type Outlier, outliersOf } from './outliers';

/** The rule about trees on disk that compares places: what one code makes is alike, what a hand has changed in one place is not. */
export const regionsAgree: RuleText = {
  id: 'regions-agree',
  title: 'What all other regions have alike, a region of a tree on disk has as well, unless the code says otherwise.',
  why: 'A change by hand, a lost file or a wrong merge is in one region alone: nobody meant it, and nobody looks for it there.',
  fix: 'Run synth, which writes what the code says; what a region needs otherwise is a setting of its environment.',
};

/** What the code writes; undefined where nobody can tell, and regions are not compared. */
export type Meant = () => Pick<Tree, 'targets' | 'folders'> | undefined;

/**
 * Finds what one place has otherwise than all others of its environment, of its platform, or of the whole tree. Amounts may differ,
 * unless by so much that a unit is wrong, and items of lists, labels and annotations may be added.
 *
 * @param meant asked only where something differs
 */
export function findUnlike(tree: Pick<Tree, 'targets' | 'folders' | 'files'>, meant: Meant): readonly Finding[] {
  let known: { readonly alike: ReadonlyMap<string, Alike> | undefined } | undefined;
  const asked = (): ReadonlyMap<string, Alike> | undefined => {
    if (known === undefined) {
      const written = meant();
      known = { alike: written && alikeIn(written) };
    }
    return known.alike;
  };
  const findings: Finding[] = [];
  const add = ({ environment, region, app, name }: Place, field: string, message: string, object?: Copy['object']): void => {
    const file = object && tree.files.get(object);
    findings.push({ rule: regionsAgree, environment, region, app, place: name, object, field, message, ...(file && { file }) });
  };
  for (const [group, { places, objects }] of alikeIn(tree)) {
    for (const [name, copies] of objects) {
      for (const outlier of outliersOf(copies)) {
        const { place, object } = outlier.copy;
        const ours = asked();
        if (ours !== undefined && !isMeant(outlier, inPlace(ours.get(group), name, place)))
          add(place, outlier.field, outlier.message, object);
      }
      for (const place of without(copies, places)) {
        const lost = inPlace(asked()?.get(group), name, place);
        if (lost !== undefined) add(place, '', `lacks ${describe(lost.object)}, which all others have`);
      }
    }
  }
  return findings;
}

const inPlace = (alike: Alike | undefined, name: string, { name: place }: Place): Copy | undefined =>
  alike?.objects.get(name)?.find((each) => each.place.name === place);

/** Whether the code writes a value just so. */
function isMeant({ copy: { object, place }, field }: Outlier, ours: Copy | undefined): boolean {
  if (ours === undefined) return false;
  const [here, there] = [object, ours.object].map((each) => [...leavesOf(each, place.names)].filter(([way]) => isBelow(way, field)));
  return JSON.stringify(here?.map(([way, { raw }]) => [way, raw])) === JSON.stringify(there?.map(([way, { raw }]) => [way, raw]));
}

const isBelow = (way: string, field: string): boolean => way === field || way.startsWith(`${field}/`);

/** The places that lack what all others of one of their circles have. */
function without(copies: readonly Copy[], places: readonly Place[]): readonly Place[] {
  const holding = new Set(copies.map(({ place }) => place));
  if (holding.size === places.length) return [];
  return places.filter(
    (place) =>
      !holding.has(place) &&
      place.circles.some((circle) => {
        const others = places.filter((other) => other !== place && other.circles.includes(circle));
        return others.length >= LEAST_OTHERS && others.every((other) => holding.has(other));
      }),
  );
}
