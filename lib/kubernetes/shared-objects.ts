import type { Manifest } from './manifest';
import type { SynthesizedApp } from './synthesized';

/** Most characters of objects that are kept for targets to come: those of about fifty regions that have little in common. */
const MOST_CHARACTERS = 4_000_000;

const known = new Map<string, Manifest>();
const texts = new WeakMap<Manifest, string>();
let characters = 0;

/**
 * Puts one object in the place of all that say the same: regions hold mostly the same objects, and whoever reads one knows all of
 * them. Such objects may not be changed.
 *
 * @param apps apps of one target; two objects of a target stay two, even if they say the same
 */
export function sharingObjects(apps: readonly SynthesizedApp[]): readonly SynthesizedApp[] {
  const share = sharing();
  return apps.map((app) => ({ ...app, manifests: app.manifests.map((manifest) => share(JSON.stringify(manifest), () => manifest)) }));
}

/** Apps of one target with each object as JSON, as another thread takes them. */
export const written = (apps: readonly SynthesizedApp[]): readonly WrittenApp[] =>
  apps.map(({ name, namespace, manifests }) => ({ name, namespace, objects: manifests.map(jsonOf) }));

/** The objects that `written` wrote, shared as `sharingObjects` does. */
export function read(apps: readonly WrittenApp[]): readonly SynthesizedApp[] {
  const share = sharing();
  return apps.map(({ objects, ...app }) => ({ ...app, manifests: objects.map((text) => share(text, () => JSON.parse(text))) }));
}

/** An app with each of its objects as JSON. */
export interface WrittenApp extends Omit<SynthesizedApp, 'manifests'> {
  readonly objects: readonly string[];
}

/** Shares the objects of one target: `make` is asked for one unless there is one that says the same and is not taken. */
function sharing(): (text: string, make: () => Manifest) => Manifest {
  const taken = new Set<Manifest>();
  return (text, make) => {
    const same = known.get(text) ?? keep(text, make());
    if (taken.has(same)) return make();
    taken.add(same);
    return same;
  };
}

/** Whether an object stands for all that say the same, so that what is found in it may be remembered. */
export const isShared = (manifest: Manifest): boolean => texts.has(manifest);

/** An object as JSON. */
export const jsonOf = (manifest: Manifest): string => texts.get(manifest) ?? JSON.stringify(manifest);

function keep(text: string, manifest: Manifest): Manifest {
  if (characters + text.length > MOST_CHARACTERS) {
    known.clear();
    characters = 0;
  }
  characters += text.length;
  known.set(text, manifest);
  texts.set(manifest, text);
  return manifest;
}
