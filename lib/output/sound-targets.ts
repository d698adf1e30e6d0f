import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { RUNNING } from '../threads/running-code';
import type { Place } from './synthesis';

/** A folder of an app, and a hash of its objects; undefined if they are not known. */
export interface Staged {
  readonly place: string;
  readonly objects: string | undefined;
}

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
   * What tells a state of a target from every other; undefined if something of it is not known.
   *
   * @param target everything that rules know of it beside its objects
   */
  public stateOf(target: Place, folders: readonly Staged[]): string | undefined {
    if (this.code === undefined || folders.some(({ objects }) => objects === undefined)) return undefined;
    const all = JSON.stringify([this.code, process.version, this.day, target, folders]);
    return createHash('sha256').update(all).digest('base64');
  }

  /** Whether it is known that nothing is wrong with a target in that state. Then it is remembered again. */
  public knows(state: string | undefined): boolean {
    if (state === undefined || !this.known.has(state)) return false;
    this.sound.add(state);
    return true;
  }

  /** Takes note that nothing is wrong with a target in that state. */
  public add(state: string | undefined): void {
    if (state !== undefined) this.sound.add(state);
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
