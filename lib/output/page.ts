import { closeSync, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';

/** What tells one state of a file from another: its size, the last change of its content, and that of its status. */
export type Stamp = readonly [size: number, mtimeMs: number, ctimeMs: number];

export const stampOf = ({ size, mtimeMs, ctimeMs }: Stats): Stamp => [size, mtimeMs, ctimeMs];

/** What is remembered of one folder: a hash of its objects, and the file of each. */
export interface Page {
  readonly objects: string;
  readonly files: readonly (readonly [name: string, stamp: Stamp])[];
}

/** A page as it was found. */
export interface WrittenPage extends Page {
  /** When it was written, ms since 1970. */
  readonly written: number;
}

/** Reads a page; none if it is missing or damaged, which costs time and nothing else. */
export function readPage(path: string): WrittenPage | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const { objects, files } = JSON.parse(readFileSync(file, 'utf8')) as Page;
      const isWhole = Array.isArray(files) && files.every((entry) => Array.isArray(entry) && Array.isArray(entry[1]));
      return isWhole ? { objects, files, written: fstatSync(file).mtimeMs } : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/**
 * Whether a file is as a page remembers it. It is trusted as git's index trusts: while its stamp is the remembered one, and older than
 * the page, since a file can change twice within one tick of the clock.
 */
export function isAsRemembered(stat: Stats | undefined, [size, mtimeMs, ctimeMs]: Stamp, { written }: WrittenPage): boolean {
  if (stat === undefined || mtimeMs >= written || ctimeMs >= written) return false;
  return stat.size === size && stat.mtimeMs === mtimeMs && stat.ctimeMs === ctimeMs;
}
