import type { Manifest } from '../kubernetes/manifest';
import { type Pinned, pinnedIn } from './pinned-parts';
import { isEarlier } from './versions';

/** Something that would run an earlier version, or one that is less certain. */
export interface Rollback {
  /** The repository of an image, `charts/<chart>` or `models/<model>`. */
  readonly name: string;

  /** `Cannot go back …`, without the object. */
  readonly message: string;
}

/**
 * Everything that goes back from one state of an object to another.
 *
 * @param ranBefore whether the object ran a text before that it does not hold now: revisions of models are in no order of their own
 */
export function rollbacks(before: Manifest, after: Manifest, ranBefore: (text: string) => boolean): readonly Rollback[] {
  const [old, now] = [newest(pinnedIn(before)), newest(pinnedIn(after))];
  const found: Rollback[] = [];
  for (const [key, from] of old) {
    const to = now.get(key);
    const message = to === undefined ? anotherModel(from, now) : goesBack(from, to, ranBefore);
    if (message !== undefined) found.push({ name: from.kind === 'image' ? from.name : `${from.kind}s/${from.name}`, message });
  }
  return found;
}

function goesBack(from: Pinned, to: Pinned, ranBefore: (text: string) => boolean): string | undefined {
  const { kind, name } = from;
  if (from.version === to.version) {
    if (from.digest === undefined || to.digest !== undefined) return undefined;
    return `Cannot run ${kind} ${name}:${to.version} without its digest as the tag alone may name another image by now: pin it again, with "npm run pin"`;
  }
  const isOlder = kind === 'model' ? ranBefore(to.version) : isEarlier(to.version, from.version);
  if (isOlder)
    return `Cannot go back from ${kind} ${name} ${from.version} to ${to.version} as the newer version may have written data that the older one cannot read: pin a newer version`;
  if (kind === 'model' && to.version === 'unresolved') {
    return `Cannot serve model ${name} at no known revision as any version might be fetched in place of ${from.version}: pin it again, with "npm run pin"`;
  }
  return undefined;
}

/** An earlier one of the same family in the place of a model: `llama-2-70b` where `llama-3.1-8b` was. */
function anotherModel(from: Pinned, now: ReadonlyMap<string, Pinned>): string | undefined {
  if (from.kind !== 'model') return undefined;
  const [family, generation] = generationOf(from.name);
  for (const { kind, name } of now.values()) {
    const [other, otherGeneration] = generationOf(name);
    if (kind !== 'model' || family === undefined || family !== other || !isEarlier(otherGeneration ?? '', generation ?? '')) continue;
    return `Cannot go back from model ${from.name} to ${name} as it is of an earlier generation: choose a newer model`;
  }
  return undefined;
}

/** `llama` and `3.1` of `llama-3.1-8b-instruct`; a number of parameters is no generation. */
function generationOf(model: string): readonly (string | undefined)[] {
  return /^([a-z][a-z-]*?)-?v?(\d+(?:\.\d+)*)(?![\d.]|[bmx])/i.exec(model)?.slice(1) ?? [];
}

/** Of what an object names several times, the newest. */
function newest(pinned: readonly Pinned[]): ReadonlyMap<string, Pinned> {
  const found = new Map<string, Pinned>();
  for (const part of pinned) {
    const key = `${part.kind} ${part.name}`;
    const known = found.get(key);
    if (known === undefined || isEarlier(known.version, part.version)) found.set(key, part);
  }
  return found;
}
