import { type Dirent, lstatSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders that output goes to: each lies in one of the output's roots, none in another one, and no link is on the way. */
export class Folders {
  private readonly entered = new Set<string>();
  private readonly above = new Set<string>();

  constructor(
    private readonly repository: string,
    private readonly roots: readonly string[],
  ) {}

  /** Every folder that was entered. */
  public get names(): ReadonlySet<string> {
    return this.entered;
  }

  /**
   * Takes a folder for one app, whether it exists or not.
   *
   * @throws Error if it lies outside of the roots, is in another app's hands, or is not a folder
   */
  public enter(folder: string): void {
    const parents = ancestors(folder);
    const leaves = folder.split('/').some((part) => ['', '.', '..'].includes(part));
    if (leaves || ![folder, ...parents].some((path) => this.roots.includes(path))) {
      throw new Error(`Cannot write to "${folder}" as output goes to ${this.roots.join(' and ')}: use a folder in one of them`);
    }
    if (this.entered.has(folder) || this.above.has(folder) || parents.some((path) => this.entered.has(path))) {
      throw new Error(`Cannot write to "${folder}" as it is, holds or lies in the folder of another app: give each app its own`);
    }
    for (const path of parents.filter((parent) => !this.above.has(parent))) {
      this.require(path);
      this.above.add(path);
    }
    this.require(folder);
    this.entered.add(folder);
  }

  /** @throws Error if something else is where a folder belongs: a link would lead output out of the repository */
  public require(path: string): void {
    const stat = lstatSync(join(this.repository, path), { throwIfNoEntry: false });
    if (stat === undefined || stat.isDirectory()) return;
    const kind = stat.isSymbolicLink() ? 'a link' : 'a file';
    throw new Error(`Cannot write to "${path}" as it is ${kind}, not a folder: move or remove it`);
  }

  /** What lies in a folder and its subfolders: everything but folders, unless they are empty. Links are not followed, other apps' folders not entered. */
  public *entries(folder: string): Generator<{ readonly path: string; readonly entry: Dirent | 'empty folder' }> {
    const entries = entriesOf(join(this.repository, folder));
    if (entries?.length === 0) yield { path: folder, entry: 'empty folder' };
    for (const entry of entries ?? []) {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) yield { path, entry };
      else if (!this.entered.has(path)) yield* this.entries(path);
    }
  }

  /** Removes a folder that holds nothing, and those above it that then hold nothing, up to the root. */
  public prune(folder: string): void {
    try {
      for (const path of [folder, ...ancestors(folder)]) {
        if (!this.roots.includes(path)) rmdirSync(join(this.repository, path));
      }
    } catch {
      // It holds something, or is gone already.
    }
  }
}

/** Every folder above a path, the nearest first. */
function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, -1 - index).join('/'));
}

function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
