import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A process's folder for files that are not where they belong yet. It lies in the repository, so that a rename from here to there
 * happens in one step: whoever reads the file sees the old one or the new one, whole.
 */
export class Scratch {
  private readonly folder: string;

  constructor(home: string) {
    removeLeftovers(home);
    this.folder = join(home, `stage-${process.pid}-${hostname()}`);
  }

  /** Where a file lies while it waits. */
  public path(file: string): string {
    return join(this.folder, file);
  }

  public write(file: string, text: string): void {
    const path = this.path(file);
    try {
      writeFileSync(path, text);
    } catch {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  /** Puts a file in its place. */
  public move(file: string, target: string): void {
    try {
      renameSync(this.path(file), target);
    } catch {
      // The target's folder is new, or another synth has just removed it as empty.
      mkdirSync(dirname(target), { recursive: true });
      renameSync(this.path(file), target);
    }
  }

  public remove(): void {
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Removes what killed processes left: those of this machine that live no more, and whatever another machine left days ago. */
function removeLeftovers(home: string): void {
  for (const name of namesIn(home)) {
    const [, pid, host] = /^stage-(\d+)-(.*)$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(home, name);
    const used = host === hostname() ? Number(pid) !== process.pid && isAlive(Number(pid)) : changedWithin(DAY_MS, path);
    if (!used) rmSync(path, { recursive: true, force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function changedWithin(milliseconds: number, path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.mtimeMs > Date.now() - milliseconds;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, but another user's
  }
}
