import { describe, groupOf, type Manifest } from '../kubernetes/manifest';

/** Longest file name that common file systems take, in bytes. */
const LONGEST = 255;

/**
 * The file of each object of an app, relative to the app's folder: `<Kind>.<name>.yaml`, in a subfolder named after the
 * namespace for objects outside of the app's own.
 *
 * Where two objects would share a file on a file system that ignores case, all of them get their API group in the name.
 * Argo CD reads such a folder as plain manifests: no name can be that of a Kustomization or a Helm chart.
 *
 * @throws Error if an object has no name, if the same object is defined twice, or if a name is too long for a file
 */
export function fileNames(namespace: string, manifests: readonly Manifest[]): string[] {
  const short = manifests.map((manifest) => fileName(namespace, manifest, ''));
  const shared = repeated(short);
  if (shared.size === 0) return short;

  const names = short.map((name, index) => {
    const manifest = manifests[index] as Manifest;
    return shared.has(name.toLowerCase()) ? fileName(namespace, manifest, `~${groupOf(manifest) || 'core'}`) : name;
  });
  const [collision] = repeated(names);
  if (collision === undefined) return names;

  const [first, second] = manifests.filter((_, index) => names[index]?.toLowerCase() === collision) as [Manifest, Manifest];
  throw new Error(
    `Cannot write "${describe(first)}" and "${describe(second)}" as both need the file "${collision}": define one, or rename it`,
  );
}

function fileName(namespace: string, manifest: Manifest, suffix: string): string {
  const { kind, metadata } = manifest;
  if (!metadata?.name) throw new Error(`Cannot write a ${kind} in "${namespace}" as it has no name: write metadata.name`);

  const name = `${encoded(kind)}.${encoded(metadata.name)}${suffix}.yaml`;
  if (name.length > LONGEST) {
    throw new Error(
      `Cannot write "${describe(manifest)}" as its file name has ${name.length} characters: use a name that leaves it within ${LONGEST}`,
    );
  }
  const elsewhere = metadata.namespace !== undefined && metadata.namespace !== namespace;
  return elsewhere ? `${encoded(metadata.namespace)}/${name}` : name;
}

/** Names of roles hold colons, which Windows refuses; nothing that could lead out of the folder stays as it is either. */
function encoded(text: string): string {
  return text.replaceAll(/[^\w.-]|^\./gu, (char) => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''));
}

/** The names that occur more than once where case does not count, in lower case. */
function repeated(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) twice.add(folded);
    else seen.add(folded);
  }
  return twice;
}
