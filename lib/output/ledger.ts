import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Manifest } from '../kubernetes/manifest';
import { jsonOf } from '../kubernetes/shared-objects';
import { type Page, readPage, type WrittenPage } from './page';
import type { Scratch } from './scratch';

/**
 * Remembers the files that an earlier synth left in each folder, so that unchanged objects need neither be serialized nor their
 * files be read. One page per folder keeps what is in memory independent of the fleet's size.
 */
export class Ledger {
  private readonly folder: string;

  constructor(
    home: string,
    private readonly scratch: Scratch,
  ) {
    this.folder = ledgerIn(home);
  }

  /** The page of a folder, if it was written for exactly these objects. */
  public recall(folder: string, objects: string): WrittenPage | undefined {
    const page = readPage(join(this.folder, pageOf(folder)));
    return page?.objects === objects ? page : undefined;
  }

  /** Remembers the files of a folder. */
  public remember(folder: string, page: Page): void {
    this.scratch.write('page', JSON.stringify(page));
    this.scratch.move('page', join(this.folder, pageOf(folder)));
  }

  /** Forgets every folder but these. */
  public keep(folders: ReadonlySet<string>): void {
    const pages = new Set([...folders].map(pageOf));
    for (const page of pagesIn(this.folder)) {
      if (!pages.has(page)) rmSync(join(this.folder, page), { recursive: true });
    }
  }
}

/** Where pages lie in the folder for what is not committed. */
export const ledgerIn = (home: string): string => join(home, 'ledger');

/** Names of the pages of a ledger. */
export const pagesIn = (ledger: string): readonly string[] => (existsSync(ledger) ? readdirSync(ledger) : []);

const pageOf = (folder: string): string => `${encodeURIComponent(folder)}.json`;

/** The folder that a page is about. */
export const folderOf = (page: string): string => decodeURIComponent(page.replace(/\.json$/, ''));

/** A hash of all that decides what is written for these objects: themselves, and the code that writes them. */
export function hashOf(namespace: string, manifests: readonly Manifest[]): string {
  return createHash('sha1')
    .update(writersOf())
    .update([JSON.stringify(namespace), ...manifests.map(jsonOf)].join('\n'))
    .digest('base64');
}

let writers: string | undefined;

function writersOf(): string {
  writers ??= ['file-names.ts', 'manifest-file.ts', 'yaml.ts'].map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  return writers;
}
