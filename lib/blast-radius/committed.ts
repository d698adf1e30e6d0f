import { parse } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';

/**
 * The object that a committed file holds. Where a merge left a conflict, what was here before the merge counts.
 *
 * @returns undefined if it is no manifest
 */
export function committed(text: string): Manifest | undefined {
  try {
    const value: unknown = parse(text.replaceAll(CONFLICT, '$1'), { maxAliasCount: 0, logLevel: 'silent' });
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `<<<<<<< ours`, our lines, perhaps `||||||| base` and its lines, `=======`, their lines, `>>>>>>> theirs`. */
const CONFLICT = /^<{7} .*\n((?:(?![|=]{7}).*\n)*)(?:\|{7}.*\n(?:(?!={7}).*\n)*)?={7}\n(?:(?!>{7}).*\n)*>{7}.*\n?/gm;

function isManifest(value: unknown): value is Manifest {
  const { kind, apiVersion, metadata } = (value ?? {}) as Partial<Manifest>;
  return typeof kind === 'string' && typeof apiVersion === 'string' && typeof metadata?.name === 'string';
}
