import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, rmSync, type Stats } from 'node:fs';
import { join } from 'node:path';

import type { Manifest } from '../kubernetes/manifest';
import type { Scratch } from './scratch';

/** What tells one state of a file from another: its size, the last change of its content, and that of its status. */
export type Stamp = readonly [size: number, mtimeMs: number, ctimeMs: number];

/** One folder: a hash of its objects, and the file of each. */
interface Page {
  readonly objects: string;
  readonly files: readonly (readonly [name: string, stamp: Stamp])[];
}

/**
 * Remembers the files that an earlier synth left in each folder, so that unchanged objects need neither be serialized nor their
 * files be read.
 *
 * It trusts a file as git's index does: while its stamp is the remembered one, and older than the page that remembers it, since a
 * file can change twice within one tick of the clock. One page per folder keeps what is in memory independent of the fleet's size.
 */
export class Ledger {
  private readonly pages: string;

  constructor(
    home: string,
    private readonly scratch: Scratch,
  ) {
    this.pages = join(home, 'ledger');
  }

  /** The stamps of the files that held exactly these objects when they were last seen, by file name. */
  public recall(folder: string, objects: string): ReadonlyMap<string, Stamp> {
    try {
      const file = openSync(join(this.pages, pageOf(folder)), 'r');
      try {
        const { mtimeMs: written } = fstatSync(file);
        const page = JSON.parse(readFileSync(file, 'utf8')) as Page;
        return new Map(
          page.objects === objects ? page.files.filter(([, [, mtimeMs, ctimeMs]]) => mtimeMs < written && ctimeMs < written) : [],
        );
      } finally {
        closeSync(file);
      }
    } catch {
      return new Map(); // none yet, or damaged: the files themselves are compared
    }
  }

  /** Remembers the files of a folder. */
  public remember(folder: string, page: Page): void {
    this.scratch.write('page', JSON.stringify(page));
    this.scratch.move('page', join(this.pages, pageOf(folder)));
  }

  /** Forgets every folder but these. */
  public keep(folders: ReadonlySet<string>): void {
    const pages = new Set([...folders].map(pageOf));
    for (const page of readdirSync(this.pages)) {
      if (!pages.has(page)) rmSync(join(this.pages, page), { recursive: true });
    }
  }
}

const pageOf = (folder: string): string => `${encodeURIComponent(folder)}.json`;

export const stampOf = ({ size, mtimeMs, ctimeMs }: Stats): Stamp => [size, mtimeMs, ctimeMs];

export const isSame = (a: Stamp, b: Stamp): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

/** A hash of all that decides what is written for these objects: themselves, and the code that writes them. */
export function hashOf(namespace: string, manifests: readonly Manifest[]): string {
  return createHash('sha1')
    .update(writersOf())
    .update(JSON.stringify([namespace, manifests]))
    .digest('base64');
}

let writers: string | undefined;

function writersOf(): string {
  writers ??= ['file-names.ts', 'manifest-file.ts', 'yaml.ts'].map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  return writers;
}
