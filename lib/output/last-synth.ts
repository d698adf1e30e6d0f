import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { OUTPUT_ROOTS } from './folders';
import { type Inputs, inputsOf } from './inputs';
import { folderOf, ledgerIn, pagesIn } from './ledger';
import { isAsRemembered, readPage } from './page';
import type { Result } from './synthesis';

/** What is kept of a synth that found everything as it should be. */
type Remembered = Pick<Result, 'targets' | 'objects' | 'unresolved'> & Pick<Inputs, 'hash'>;

/** A clock that files are stamped with may be behind by a tick, ms. */
const TICK_MS = 20;

/**
 * Remembers a synth that found nothing to do. As long as nobody touches a file of the repository or of the output, the next one
 * would find nothing either, and need not run.
 */
export class LastSynth {
  private readonly file: string;
  private readonly start = Date.now();
  private readonly inputs: Inputs;

  constructor(private readonly root: string) {
    this.file = join(root, '.slipway', 'last-synth.json');
    this.inputs = inputsOf(root);
  }

  /** What a synth would find now, if that is known. */
  public recall(): Result | undefined {
    const remembered = this.read();
    const unchanged = remembered?.hash === this.inputs.hash ? untouchedFiles(this.root) : undefined;
    if (remembered === undefined || unchanged === undefined) return undefined;
    const { targets, objects, unresolved } = remembered;
    const phases = { load: process.uptime() * 1000, build: 0, check: 0, serialize: 0, write: 0 };
    const changes = { created: [], changed: [], stale: [], foreign: [], unchanged };
    return { purpose: 'write', problems: [], rules: new Set(), changes, targets, objects, unresolved, phases };
  }

  /** Remembers a synth, if it found nothing to do and nothing has been touched since it began. */
  public remember({ problems, changes, targets, objects, unresolved }: Result): void {
    const { created = [], changed = [], stale = [], foreign = [] } = changes ?? {};
    const isIdle = problems.length + created.length + changed.length + stale.length + foreign.length === 0;
    if (!isIdle || changes === undefined || this.inputs.newestMs >= this.start - TICK_MS) {
      rmSync(this.file, { force: true });
      return;
    }
    const remembered: Remembered = { targets, objects, unresolved, hash: this.inputs.hash };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(remembered));
  }

  private read(): Remembered | undefined {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return undefined;
    }
  }
}

/** Number of files of the output, if each of them is as the ledger remembers it, and nothing else is there. */
function untouchedFiles(root: string): number | undefined {
  const ledger = ledgerIn(join(root, '.slipway'));
  let files = 0;
  for (const name of pagesIn(ledger)) {
    const page = readPage(join(ledger, name));
    const folder = `${root}/${folderOf(name)}`;
    if (!page?.files.every(([file, stamp]) => isAsRemembered(lstatSync(`${folder}/${file}`, { throwIfNoEntry: false }), stamp, page)))
      return undefined;
    files += page.files.length;
  }
  const there = OUTPUT_ROOTS.map((folder) => numberOfEntries(join(root, folder)));
  return there.reduce((sum, number) => sum + number, 0) === files ? files : undefined;
}

/** Number of things below a folder that are not folders; a link is one, wherever it leads. */
function numberOfEntries(folder: string): number {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return 0;
  let number = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    number += entry.isDirectory() ? numberOfEntries(`${folder}/${entry.name}`) : 1;
  return number;
}
