import type { Manifest } from '../kubernetes/manifest';
import { isShared } from '../kubernetes/shared-objects';

/**
 * Remembers what was found in an object that several targets share: reading it once is enough.
 *
 * @param read must depend on the object alone
 */
export function perObject<Found>(read: (object: Manifest) => Found): (object: Manifest) => Found {
  const known = new WeakMap<Manifest, { readonly found: Found }>();
  return (object) => {
    const before = known.get(object);
    if (before !== undefined) return before.found;
    const found = read(object);
    if (isShared(object)) known.set(object, { found });
    return found;
  };
}
