import { closeSync, openSync, readSync } from 'node:fs';

import type { Manifest } from '../kubernetes/manifest';
import { yaml } from './yaml';

/** Begins every file that Slipway writes. A file without it belongs to a person. */
const MARKER = '# Synthesized by Slipway';

/** What the file of an object holds. */
export function fileText(manifest: Manifest): string {
  return `${MARKER}: edit lib/ or releases/, not this file.\n${yaml(manifest)}`;
}

/** Whether Slipway wrote a file of this content. */
export function isOwned(content: Buffer): boolean {
  return content.subarray(0, MARKER.length).equals(Buffer.from(MARKER));
}

/** Whether Slipway wrote the file at a path, of which only the beginning is read. */
export function isOwnedFile(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(MARKER.length);
    readSync(file, start, 0, start.length, 0);
    return isOwned(start);
  } finally {
    closeSync(file);
  }
}
