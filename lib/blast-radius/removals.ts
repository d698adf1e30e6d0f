import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, type Manifest } from '../kubernetes/manifest';
import { committed } from './committed';
import { type Place, placeOf, servedTarget } from './places';
import type { Loss } from './tombstone';

/** Share of a target's objects that one synth may remove without a word, and the number below which nobody minds. */
export const MOST_REMOVED = { share: 0.3, objects: 10 };

/** Kinds that hold data, or that everything in them goes with. */
const HOLDS: Readonly<Record<string, string>> = {
  Application: 'what it deployed may go with it',
  ApplicationSet: 'the Applications that it made may go with it, and what they deployed',
  Backup: 'it is the way back to data',
  Cluster: 'it holds data',
  CustomResourceDefinition: 'every object of its kind goes with it',
  Database: 'it holds data',
  Namespace: 'everything in it goes with it',
  PersistentVolume: 'it holds data',
  PersistentVolumeClaim: 'it holds data',
  ScheduledBackup: 'without it there is no way back to data',
  StatefulSet: 'it holds data',
  StorageClass: 'claims of it can neither be made nor grow any more',
};

/** The mark that constructs leave on what a sync must not remove by itself. */
const KEPT = /argocd\.argoproj\.io\/sync-options:.*\b(?:Prune|Delete)=(?:false|confirm)\b/;

/** Whether an object, were it removed, could be said to have moved instead. */
export const mayMove = ({ kind, metadata }: Manifest): boolean =>
  HOLDS[kind] !== undefined || /=(?:false|confirm)\b/.test(metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '');

/** What was staged, by the places that tombstones know. */
export interface Staged {
  /** Number of objects of each target, and of each environment's folder in argocd/. */
  readonly objects: ReadonlyMap<string, number>;
  readonly apps: ReadonlySet<string>;

  /** Number of staged objects that have no file yet, by target. */
  readonly created: ReadonlyMap<string, number>;

  /** Whether an object stays, in another folder of its target. */
  readonly movedTo: (target: string, object: Manifest) => boolean;
}

/** Everything lost with files that nothing was staged for. */
export function* removals(root: string, stale: readonly string[], staged: Staged): Generator<Loss> {
  const places = stale.map((path) => ({ path, ...placeOf(path) }));
  const targets = new Map<string, number>();
  const apps = new Map<string, { count: number; target: string }>();
  const others = new Map<string, (Place & { readonly path: string })[]>();

  for (const place of places) {
    const { target, app, path } = place;
    const served = servedTarget(path);
    if (isGone(served ?? target, staged)) {
      if (app !== undefined) targets.set(target, (targets.get(target) ?? 0) + 1);
    } else if (app !== undefined && !staged.apps.has(app)) {
      apps.set(app, { count: (apps.get(app)?.count ?? 0) + 1, target });
    } else {
      others.set(target, [...(others.get(target) ?? []), place]);
    }
  }
  for (const [target, count] of targets) yield gone('target', target, target, count);
  for (const [app, { count, target }] of apps) yield gone('app', app, target, count);
  for (const [target, ofTarget] of others) {
    const [removed, losses] = objectsLost(root, ofTarget, staged);
    yield* losses;
    yield* shareLost(target, removed, staged);
  }
}

/** Whether nothing at all is staged for a target, or for an environment in argocd/. */
function isGone(target: string, { objects }: Staged): boolean {
  return !objects.has(target);
}

function gone(what: 'target' | 'app', where: string, place: string, count: number): Loss {
  const objects = `${count} ${count === 1 ? 'object' : 'objects'}`;
  const name = what === 'app' ? where.slice(place.length + 1) : where;
  return { what, where, place, message: `Cannot remove ${what} "${name}" as ${objects} of it were committed: bring it back` };
}

/** The number of objects that are removed indeed, and those of them that hold something. */
function objectsLost(root: string, places: readonly (Place & { path: string })[], staged: Staged): readonly [number, readonly Loss[]] {
  let removed = 0;
  const losses: Loss[] = [];
  for (const { path, target, object, kind } of places) {
    const text = readFileSync(join(root, path), 'utf8');
    const why = HOLDS[kind] ?? (KEPT.test(text) ? 'it is marked as something to keep' : undefined);
    const manifest = why === undefined ? undefined : committed(text);
    if (manifest !== undefined && staged.movedTo(target, manifest)) continue;
    removed += 1;
    if (why === undefined) continue;
    const name = manifest === undefined ? object : describe(manifest);
    losses.push({ what: 'object', where: object, place: target, message: `Cannot remove ${name} as ${why}: bring it back` });
  }
  return [removed, losses];
}

function* shareLost(target: string, removed: number, { objects, created }: Staged): Generator<Loss> {
  const all = (objects.get(target) ?? 0) - (created.get(target) ?? 0) + removed;
  if (removed < MOST_REMOVED.objects || removed <= all * MOST_REMOVED.share) return;
  yield {
    what: 'share',
    where: target,
    place: target,
    message: `Cannot remove ${removed} of ${all} objects as one change may remove ${MOST_REMOVED.share * 100} % of a target at most: find out what takes them away`,
  };
}
