import type { Changes } from './output';
import type { Result } from './synthesis';

/** `3 files`, `1 file`. */
export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

/** What a synth did, in one line. */
export function summary({ targets, objects, unresolved, purpose }: Result, { created, changed, stale, unchanged }: Changes): string {
  const done = [`${count(created.length + changed.length, 'file')} written`, `${stale.length} removed`, `${unchanged} unchanged`];
  const files = purpose === 'compare' ? 'dist/ and argocd/ are what synth writes' : done.join(', ');
  const pins = unresolved === 0 ? '' : `; ${count(unresolved, 'pin')} unresolved`;
  return `${count(targets, 'target')}, ${count(objects, 'object')}: ${files}${pins}; ${process.uptime().toFixed(1)} s\n`;
}

/** Every difference between the output and what synth writes, one in a line, by path. */
export function differences({ created, changed, stale, foreign }: Changes): readonly string[] {
  const kinds = { missing: created, differs: changed, stale, foreign };
  const lines = Object.entries(kinds).flatMap(([kind, paths]) => paths.map((path) => ({ path, line: `${kind.padEnd(8)} ${path}\n` })));
  return lines.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ line }) => line);
}

/** Time of each phase and peak memory of the process, as JSON in one line. */
export function timing({ phases, targets, objects }: Result): string {
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${JSON.stringify({ ...phases, total: process.uptime() * 1000, targets, objects, peakMiB })}\n`;
}
