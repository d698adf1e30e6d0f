import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../../lib/messages/quote';
import { UNRESOLVED } from '../../lib/releases/images';
import type { ReleaseFile } from '../../lib/releases/pin-file';

/** A value that was looked up, and where it belongs. */
export interface Filling {
  readonly start: number;
  readonly end: number;
  readonly found: string;
}

/** Puts values in the places of unresolved ones. Everything else, quotes included, stays as it is. */
export function filled(text: string, fillings: readonly Filling[]): string {
  const fromTheEnd = [...fillings].sort((one, other) => other.start - one.start); // so that the offsets left stay right
  return fromTheEnd.reduce((changed, { start, end, found }) => {
    const word = changed.slice(start, end).lastIndexOf(UNRESOLVED); // the last, as a comment may stand before a block's text
    const [from, to] = word < 0 ? [start, end] : [start + word, start + word + UNRESOLVED.length];
    return changed.slice(0, from) + found + changed.slice(to);
  }, text);
}

/**
 * Writes values into a release file, whole or not at all.
 *
 * @param read the file as it was when its values were looked up
 * @returns why nothing was written, if so
 */
export function fill(root: string, read: ReleaseFile, fillings: readonly Filling[]): string | undefined {
  const cannot = `Cannot write ${quote(read.path)} as`;
  let scratch: string | undefined;
  try {
    const file = realpathSync(join(root, read.path));
    // Lookups take seconds, in which an editor may save. Bytes, as text that is no UTF-8 would not survive.
    if (!readFileSync(file).equals(Buffer.from(read.text))) {
      return `${cannot} it is not what was read: save it as UTF-8, and run "npm run pin" again`;
    }
    scratch = `${file}.${process.pid}~`;
    writeFileSync(scratch, filled(read.text, fillings), { mode: statSync(file).mode });
    renameSync(scratch, file);
    return undefined;
  } catch (error) {
    if (scratch !== undefined) rmSync(scratch, { force: true });
    return `${cannot} the system refuses (${(error as NodeJS.ErrnoException).code}): allow it, and run "npm run pin" again`;
  }
}
