import { lstatSync, readFileSync, rmSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Manifest } from '../kubernetes/manifest';
import { fileNames } from './file-names';
import { Folders } from './folders';
import { hashOf, Ledger } from './ledger';
import { fileText, isOwned, isOwnedFile } from './manifest-file';
import { isAsRemembered, type Stamp, stampOf } from './page';
import { Scratch } from './scratch';

/** What the output folders hold, compared with what was staged. Paths are relative to the repository, with slashes. */
export interface Changes {
  /** Files that do not exist yet. */
  readonly created: readonly string[];

  /** Files with other content. */
  readonly changed: readonly string[];

  /** Files that Slipway wrote once and needs no longer. */
  readonly stale: readonly string[];

  /** Files, links and whatever else Slipway did not write. They stay. */
  readonly foreign: readonly string[];

  /** Number of files that are as they should be. */
  readonly unchanged: number;
}

/** Hears of every object that differs from its file, while the old content is at hand. */
export interface Witness {
  created(path: string, manifest: Manifest): void;
  changed(path: string, before: string, after: Manifest): void;
}

/**
 * The only code that writes manifests. `stage` every folder, and nothing has happened yet; `commit`, and each file is replaced in
 * one step: a synth that fails or is killed leaves every file old or new, never half, and the next one completes the work.
 *
 * Memory holds one folder's objects at a time, and the names of files that differ.
 */
export class Output {
  private readonly folders: Folders;
  private readonly empty: string[] = [];
  private readonly strangers: { readonly path: string; readonly isFile: boolean; readonly folder: string }[] = [];
  private complete?: Changes;
  private readonly found = {
    created: [] as string[],
    changed: [] as string[],
    stale: [] as string[],
    foreign: [] as string[],
    unchanged: 0,
  };
  private readonly scratch: Scratch | undefined;
  private readonly ledger: Ledger | undefined;

  constructor(
    /** The repository, an absolute path. */
    private readonly root: string,

    /** Folders of the repository that hold nothing but output. */
    private readonly roots: readonly string[],

    /** Whether to `write`, or to `compare` every byte and leave everything as it is. */
    purpose: 'write' | 'compare',

    /** @default - nobody is told of single objects */
    private readonly witness?: Witness,
  ) {
    this.folders = new Folders(root, roots);
    if (purpose === 'compare') return;
    const home = join(root, '.slipway');
    this.scratch = new Scratch(home);
    this.ledger = new Ledger(home, this.scratch);
  }

  /** @throws Error if something else is where a folder of output belongs: told once, before every app tells of it */
  public requireRoots(): void {
    for (const root of this.roots) this.folders.require(root);
  }

  /**
   * Declares all objects of a folder of one app.
   *
   * @returns a hash of the objects; undefined when nothing is remembered that it could be compared with
   * @throws Error if the folder is staged already or lies outside of the output, or if names collide
   * @throws AggregateError with one error for each thing of a person's that is in the way
   */
  public stage(folder: string, namespace: string, manifests: readonly Manifest[]): string | undefined {
    this.folders.claim(folder, folder);
    const objects = this.ledger && hashOf(namespace, manifests);
    const page = objects === undefined ? undefined : this.ledger?.recall(folder, objects);
    const known = new Map(page?.files);
    const names = known.size === manifests.length ? [...known.keys()] : fileNames(namespace, manifests);
    const subfolders = new Set(names.filter((name) => name.includes('/')).map(dirname));
    for (const subfolder of subfolders) this.folders.claim(`${folder}/${subfolder}`, folder);

    const verified: [string, Stamp][] = [];
    const obstacles: Error[] = [];
    let compared = 0;
    for (const [index, name] of names.entries()) {
      const path = `${folder}/${name}`;
      const stat = lstatSync(`${this.root}/${path}`, { throwIfNoEntry: false });
      const stamp = known.get(name);
      if (page && stamp && isAsRemembered(stat, stamp, page)) {
        verified.push([name, stamp]);
        continue;
      }
      compared += 1;
      const manifest = manifests[index] as Manifest;
      const text = fileText(manifest);
      if (stat === undefined) this.witness?.created(path, manifest);
      const difference = stat ? this.difference(path, stat, text, manifest) : 'created';
      if (difference === 'foreign') obstacles.push(inTheWay(path));
      else if (difference === undefined) verified.push([name, stampOf(stat as Stats)]);
      else {
        this.found[difference].push(path);
        this.scratch?.write(`files/${path}`, text);
      }
    }
    this.found.unchanged += verified.length;
    if (compared > 0 && objects !== undefined) this.ledger?.remember(folder, { objects, files: verified });
    this.survey(folder, new Set(names.map((name) => `${folder}/${name}`)));
    if (obstacles.length > 0) throw new AggregateError(obstacles);
    return objects;
  }

  /** What `commit` will do. Once it is asked for, nothing more is staged. */
  public changes(): Changes {
    if (!this.complete) this.complete = this.surveyed();
    return this.complete;
  }

  /** Brings the output up to date: new and changed files first, then stale ones and the folders they leave empty. */
  public commit(): void {
    const { created, changed, stale } = this.changes();
    for (const path of [...created, ...changed]) this.scratch?.move(`files/${path}`, join(this.root, path));
    for (const path of stale) rmSync(join(this.root, path), { force: true });
    for (const folder of [...stale.map(dirname), ...this.empty]) this.folders.prune(folder);
    this.ledger?.keep(new Set(this.folders.claimed));
    this.discard();
  }

  /** Forgets what was staged. */
  public discard(): void {
    this.scratch?.remove();
  }

  /** How the file at a path differs from what belongs there. */
  private difference(path: string, stat: Stats, text: string, manifest: Manifest): 'changed' | 'foreign' | undefined {
    if (!stat.isFile()) return 'foreign';
    const content = readFileSync(join(this.root, path));
    if (content.equals(Buffer.from(text))) return undefined;
    if (!isOwned(content)) return 'foreign';
    this.witness?.changed(path, content.toString(), manifest);
    return 'changed';
  }

  /** Finds what lies in a folder beside its files. */
  private survey(folder: string, files: ReadonlySet<string>): void {
    for (const { path, entry } of this.folders.entries(folder, folder)) {
      if (entry === 'empty folder') this.empty.push(path);
      else if (!files.has(path)) this.strangers.push({ path, isFile: entry.isFile(), folder });
    }
  }

  private surveyed(): Changes {
    const claimed = new Set(this.folders.claimed);
    for (const root of this.roots.filter((path) => !claimed.has(path))) {
      this.folders.require(root);
      this.survey(root, new Set());
    }
    for (const { path, isFile, folder } of this.strangers) {
      // In the folder of an app that was staged later it is that app's file, or a stranger there too.
      if (this.folders.ownerOf(path) !== folder) continue;
      const owned = isFile && isOwnedFile(join(this.root, path));
      this.found[owned ? 'stale' : 'foreign'].push(path);
    }
    const { created, changed, stale, foreign, unchanged } = this.found;
    return { created: created.sort(), changed: changed.sort(), stale: stale.sort(), foreign: foreign.sort(), unchanged };
  }
}

function inTheWay(path: string): Error {
  return new Error(`Cannot write "${path}" as something that Slipway did not write is in its place: move or remove it`);
}
