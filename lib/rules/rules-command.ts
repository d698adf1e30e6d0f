import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe } from '../kubernetes/manifest';
import { printable, quote } from '../messages/quote';
import { systemRefusal } from '../messages/system-refusal';
import { everyRule } from './all';
import { findProblems } from './check-target';
import { type Finding, report } from './finding';
import { checkAnything } from './misshapen';
import { readTree, type Tree } from './read-tree';
import { renewedPage } from './rules-page';

const USAGE = `Usage: npm run rules -- [options]

  (none)                 list every rule
  --on <folder> [--json] run every rule on <folder>/dist
  --docs                 write docs/rules.md
`;

/** Where a command writes. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Lists the rules, runs them on a tree, or writes their page.
 *
 * @param root the repository
 * @returns exit code: 0 right, 1 problems, 2 wrong arguments or nothing to read
 */
export function rulesCommand(args: readonly string[], root: string, { out, err }: Streams): 0 | 1 | 2 {
  const json = args.includes('--json');
  const [option, value, ...rest] = args.filter((arg) => arg !== '--json');
  if (option === undefined && !json) {
    for (const { id, title } of everyRule) out(`${id.padEnd(26)} ${title}`);
    return 0;
  }
  if (option === '--on' && value && rest.length === 0) return runOn(value, json, { out, err });
  if (option === '--docs' && value === undefined && !json) {
    const page = join(root, 'docs', 'rules.md');
    writeFileSync(page, renewedPage(existsSync(page) ? readFileSync(page, 'utf8') : ''));
    return 0;
  }
  err(`Cannot understand ${quote(args.join(' '))} as arguments: use one of these\n\n${USAGE}`);
  return 2;
}

function runOn(folder: string, json: boolean, { out, err }: Streams): 0 | 1 | 2 {
  const tree = treeIn(folder);
  if (typeof tree === 'string') {
    err(tree);
    return 2;
  }
  const checked = tree.targets.map((target) => checkAnything(target, findProblems));
  const findings = checked.flatMap((target) => target.findings);
  const unreadable = [...tree.unreadable, ...checked.flatMap(({ misshapen }) => misshapen)];
  const problems = findings.length + unreadable.length;
  if (json) {
    out(JSON.stringify({ problems: findings.map(plain), unreadable }, undefined, 2));
  } else {
    for (const text of [...unreadable, ...report(findings)]) err(printable(text));
    const objects = tree.targets.flatMap(({ apps }) => apps).reduce((sum, { manifests }) => sum + manifests.length, 0);
    out(`${objects} objects of ${tree.targets.length} targets, ${problems} problem${problems === 1 ? '' : 's'}`);
  }
  return problems === 0 ? 0 : 1;
}

/** The targets of a folder, or why there are none. */
function treeIn(folder: string): Tree | string {
  try {
    const tree = readTree(folder);
    if (tree.targets.length > 0) return tree;
  } catch (error) {
    const refusal = systemRefusal(error);
    if (refusal === undefined) throw error;
    if (!isMissing(error)) return refusal;
  }
  return `Cannot read ${quote(folder)} as a tree of targets: it needs dist/<environment>/<region>/<app>/*.yaml`;
}

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const plain = ({ rule, environment, region, app, object, field, message, file }: Finding): object => ({
  ...{ rule: rule.id, environment, region, app, object: object && describe(object), field, message },
  ...{ why: rule.why, fix: rule.fix, file },
});
