import { isDeepStrictEqual } from 'node:util';
import { closest } from '../messages/closest';
import { quote } from '../messages/quote';
import { revisionMistake } from './model-rules';
import type { Path, PinFile } from './pin-file';
import { suggestion } from './spelling';

/** Notes values that are right by themselves but do not go together. Works on unchecked data: whatever has another form is refused elsewhere. */
export function refuseDisagreements(file: PinFile, environment: string, regions: readonly string[]): void {
  refuseRings(file, environment, regions);
  refuseRevisions(file, []);
  for (const region of file.namesAt(['regions'])) {
    refuseRevisions(file, ['regions', region]);
    refuseRepetitions(file, environment, region);
  }
}

/** Every region of the environment is in exactly one ring, and no ring is empty. */
function refuseRings(file: PinFile, environment: string, regions: readonly string[]): void {
  const rings = file.at(['rings']);
  if (!Array.isArray(rings)) return;
  const ringOf = new Map<unknown, number>();
  const meant = new Set<string | undefined>();
  for (const [index, ring] of rings.entries()) {
    if (Array.isArray(ring) && ring.length === 0) {
      file.refuse(['rings', index], 'value', `Cannot roll out to ring ${index + 1} as it is empty: name its regions, or remove it`);
    }
    for (const [place, region] of [ring].flat().entries()) {
      const mistake = regionMistake(region, environment, regions, ringOf.get(region));
      if (mistake !== undefined) file.refuse(Array.isArray(ring) ? ['rings', index, place] : ['rings', index], 'value', mistake);
      ringOf.set(region, ringOf.get(region) ?? index + 1);
      if (typeof region === 'string') meant.add(closest(region, regions));
    }
  }
  const forgotten = regions.filter((region) => !meant.has(region));
  const them = forgotten.length === 1 ? 'it' : 'them';
  if (forgotten.length > 0) {
    file.refuse(['rings'], 'key', `Cannot roll out to ${forgotten.map(quote).join(', ')} as no ring names ${them}: add ${them} to a ring`);
  }
}

function regionMistake(region: unknown, environment: string, regions: readonly string[], ring: number | undefined): string | undefined {
  if (typeof region !== 'string') return undefined;
  if (!regions.includes(region)) {
    return `Cannot roll out to region ${quote(region)} as ${environment} has no such region: ${suggestion(region, regions)}`;
  }
  return ring === undefined
    ? undefined
    : `Cannot roll out to region ${quote(region)} again as it is in ring ${ring} already: remove one of the two`;
}

/** What a revision looks like depends on the source. */
function refuseRevisions(file: PinFile, place: Path): void {
  for (const model of file.namesAt([...place, 'models'])) {
    const path = [...place, 'models', model];
    const revision = file.at([...path, 'revision']);
    const source = file.at([...path, 'source']);
    if (typeof revision !== 'string' || typeof source !== 'string') continue;
    const mistake = revisionMistake(revision, source);
    if (mistake !== undefined) file.refuse([...path, 'revision'], 'value', mistake);
  }
}

/** A pin that a region repeats would hold the region back at the next change of its environment. */
function refuseRepetitions(file: PinFile, environment: string, region: string): void {
  for (const kind of ['images', 'models']) {
    for (const name of file.namesAt(['regions', region, kind])) {
      const path = ['regions', region, kind, name];
      if (!isDeepStrictEqual(file.at(path), file.at([kind, name]))) continue;
      const pin = `${kind === 'images' ? 'image' : 'model'} ${quote(name)}`;
      file.refuse(path, 'key', `Cannot pin ${pin} for region ${quote(region)} as all of ${environment} has the same pin: remove it here`);
    }
  }
}
