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

/** Where rules are explained. */
const RULES_PAGE = 'docs/rules.md';

/** What comes after all problems, in one line. */
export function refusal({ problems, rules }: Pick<Result, 'problems' | 'rules'>): string {
  const found = `${count(problems.length, 'problem')} ${problems.length === 1 ? 'was' : 'were'} found`;
  const about = rules.size === 0 ? '' : ` by ${count(rules.size, 'rule')} of ${RULES_PAGE}`;
  const next = problems.length === 1 ? 'correct it' : 'begin with the first one, from which others may follow';
  return `Cannot synthesize as ${found}${about}: ${next}; dist/ and argocd/ are as they were\n`;
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
