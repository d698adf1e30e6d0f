import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Place } from './synthesis';

/** A folder of an app, and a hash of its objects; undefined if they are not known. */
export interface Staged {
  readonly place: string;
  readonly objects: string | undefined;
}

/** The running code by its hash, packages included: the launcher names its bundle so. Undefined where code runs file by file. */
const RUNNING = /^[0-9a-f]{16}$/.exec(basename(__filename, '.js'))?.[0];

/**
 * Remembers targets in which no rule found anything. What rules find is decided by the code, by the target and its objects, and by the
 * day, on which exceptions may end: while none of it differs by a byte, they would find nothing again.
 */
export class SoundTargets {
  private readonly file: string;
  private readonly known: ReadonlySet<string>;
  private readonly sound = new Set<string>();
  private readonly day = new Date().toISOString().slice(0, 10);

  constructor(
    /** The repository, an absolute path. */
    root: string,

    /** What tells one state of the code from another; undefined if nobody knows, and then nothing is remembered. */
    private readonly code: string | undefined = RUNNING,
  ) {
    this.file = join(root, '.slipway', 'sound-targets.json');
    this.known = new Set(code === undefined ? [] : hashesIn(this.file));
  }

  /**
   * Finds what is wrong with a target, unless it is known that nothing is.
   *
   * @param target everything that rules know of it beside its objects
   * @param judge runs every rule; what it throws is not remembered
   */
  public problems<F>(target: Place, folders: readonly Staged[], judge: () => readonly F[]): readonly F[] {
    if (this.code === undefined || folders.some(({ objects }) => objects === undefined)) return judge();
    const all = JSON.stringify([this.code, process.version, this.day, target, folders]);
    const hash = createHash('sha256').update(all).digest('base64');
    const findings = this.known.has(hash) ? [] : judge();
    if (findings.length === 0) this.sound.add(hash);
    return findings;
  }

  /** Remembers the targets that are sound, and forgets all others, unless none was looked at. */
  public keep(): void {
    const isKnown = this.sound.size === this.known.size && [...this.sound].every((hash) => this.known.has(hash));
    if (this.sound.size === 0 || isKnown) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify([...this.sound]));
  }
}

/** What was remembered; nothing if that is missing or damaged, which costs time and nothing else. */
function hashesIn(file: string): readonly string[] {
  try {
    const hashes = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(hashes) ? hashes : [];
  } catch {
    return [];
  }
}
