import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { everyRule } from '../../lib/rules/all';
import { report } from '../../lib/rules/finding';
import type { Streams } from '../../lib/rules/rules-command';
import { attempt, type Outcome, problemsWithoutFault } from './attempt';
import { allFaults } from './faults/all';
import { Fleet } from './fleet';
import { pageOf } from './page';

const USAGE = `Usage: npm run mutate -- [options]

  (none)       put every fault into the real fleet, one at a time, and say which rules caught it
  --docs       write docs/rules.md, with the table of all faults
  <fault> …    say what the rules say about these faults
`;

/** Least share of faults that the rules must catch. */
const LEAST = 0.98;

/** Rules about what is read from a folder, which a fault in a fleet that was synthesized cannot break. */
const ABOUT_FILES: ReadonlySet<string> = new Set(['readable-files', 'fields-are-known', 'regions-agree']);

/**
 * Proves that the rules find what they are for.
 *
 * @param root the repository
 * @returns exit code: 0 right, 1 too little is caught or a rule catches nothing, 2 wrong arguments
 */
export function mutateCommand(args: readonly string[], root: string, { out, err }: Streams): 0 | 1 | 2 {
  const docs = args.length === 1 && args[0] === '--docs';
  const named = docs ? [] : args;
  const unknown = named.filter((arg) => !allFaults.some(({ id }) => id === arg));
  if (unknown.length > 0) {
    err(`Cannot find "${unknown.join(' ')}" among the faults: npm run mutate lists them\n\n${USAGE}`);
    return 2;
  }

  const fleet = new Fleet(root);
  const already = report(problemsWithoutFault(fleet));
  if (already.length > 0) {
    for (const text of already) err(text);
    err('Cannot prove anything by faults as the fleet breaks rules without them: mend it first');
    return 1;
  }
  if (named.length > 0) return explain(named, fleet, out);

  const start = performance.now();
  const outcomes = allFaults.map((fault) => attempt(fault, fleet));
  const seconds = (performance.now() - start) / 1000;
  if (docs) {
    writeFileSync(join(root, 'docs', 'rules.md'), pageOf(outcomes));
    return 0;
  }
  return summarize(outcomes, seconds, out);
}

function explain(named: readonly string[], fleet: Fleet, out: Streams['out']): 0 | 1 {
  const outcomes = allFaults.filter(({ id }) => named.includes(id)).map((fault) => attempt(fault, fleet));
  for (const { fault, findings } of outcomes) {
    out([`${fault.id}: ${fault.title}`, ...report(findings), ...(findings.length === 0 ? ['no rule says anything'] : []), ''].join('\n'));
  }
  return outcomes.every(({ findings }) => findings.length > 0) ? 0 : 1;
}

function summarize(outcomes: readonly Outcome[], seconds: number, out: Streams['out']): 0 | 1 {
  const width = Math.max(...outcomes.map(({ fault }) => fault.id.length));
  for (const { fault, caughtBy } of outcomes) out(`${fault.id.padEnd(width)}  ${caughtBy.join(', ') || 'NOTHING'}`);

  const missed = outcomes.filter(({ caughtBy }) => caughtBy.length === 0);
  const share = 1 - missed.length / outcomes.length;
  const catching = new Set(outcomes.flatMap(({ caughtBy }) => caughtBy));
  const idle = everyRule.map(({ id }) => id).filter((id) => !catching.has(id) && !ABOUT_FILES.has(id));

  out(
    `\n${outcomes.length - missed.length} of ${outcomes.length} faults are caught (${(share * 100).toFixed(1)} %), in ${seconds.toFixed(1)} s`,
  );
  if (missed.length > 0) out(`caught by nothing: ${missed.map(({ fault }) => fault.id).join(', ')}`);
  if (idle.length > 0) out(`rules that catch nothing: ${idle.join(', ')}`);
  return share >= LEAST && idle.length === 0 ? 0 : 1;
}
