import { type Dirent, lstatSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the repository that hold output and nothing else. */
export const OUTPUT_ROOTS = ['dist', 'argocd'];

/** The folders that output goes to: each lies in one of the output's roots and is one app's alone, and no link is on the way to it. */
export class Folders {
  private readonly owners = new Map<string, string>();
  private readonly above = new Set<string>();

  constructor(
    private readonly repository: string,
    private readonly roots: readonly string[],
  ) {}

  /** Every folder that was claimed. */
  public get claimed(): Iterable<string> {
    return this.owners.keys();
  }

  /**
   * Takes a folder, whether it exists or not, for the app of the given folder. The folder of one app may lie in that of another.
   *
   * @throws Error if it lies outside of the roots, is taken already, or is not a folder
   */
  public claim(folder: string, owner: string): void {
    const parents = ancestors(folder);
    const leaves = folder.split('/').some((part) => ['', '.', '..'].includes(part));
    if (leaves || ![folder, ...parents].some((path) => this.roots.includes(path))) {
      throw new Error(`Cannot write to "${folder}" as output goes to ${this.roots.join(' and ')}: use a folder in one of them`);
    }
    if (this.owners.has(folder)) throw new Error(`Cannot write to "${folder}" twice as it is the folder of one app: give each app its own`);
    for (const path of parents.filter((parent) => !this.above.has(parent))) {
      this.require(path);
      this.above.add(path);
    }
    this.require(folder);
    this.owners.set(folder, owner);
  }

  /** The folder of the app that a path belongs to, or the root that it lies in. */
  public ownerOf(path: string): string {
    const parents = ancestors(path);
    const nearest = parents.find((folder) => this.owners.has(folder));
    return (nearest && this.owners.get(nearest)) ?? (parents.at(-1) as string);
  }

  /** @throws Error if something else is where a folder belongs: a link would lead output out of the repository */
  public require(path: string): void {
    const stat = lstatSync(join(this.repository, path), { throwIfNoEntry: false });
    if (stat === undefined || stat.isDirectory()) return;
    const kind = stat.isSymbolicLink() ? 'a link' : 'a file';
    throw new Error(`Cannot write to "${path}" as it is ${kind}, not a folder: move or remove it`);
  }

  /**
   * What lies in an app's folder and its subfolders, but not in those of other apps: everything but folders, unless they are empty.
   * Links are not followed.
   */
  public *entries(folder: string, owner: string): Generator<{ readonly path: string; readonly entry: Dirent | 'empty folder' }> {
    const entries = entriesOf(join(this.repository, folder));
    if (entries?.length === 0) yield { path: folder, entry: 'empty folder' };
    for (const entry of entries ?? []) {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) yield { path, entry };
      else if ((this.owners.get(path) ?? owner) === owner) yield* this.entries(path, owner);
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
