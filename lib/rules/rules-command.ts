import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe } from '../kubernetes/manifest';
import { printable, quote } from '../messages/quote';
import { systemRefusal } from '../messages/system-refusal';
import { everyRule } from './all';
import { findFleetProblems } from './check-fleet';
import { findProblems } from './check-target';
import { type Finding, inOrder, report } from './finding';
import { Summaries } from './fleet-summary';
import { findUnknownFields, type LevelsOf } from './kubernetes/fields-are-known';
import { findUnlike, type Meant } from './likeness/regions-agree';
import { type Checked, checkAnything } from './misshapen';
import { readTree, type Tree } from './read-tree';
import { readableFiles } from './readable-files';
import { renewedPage } from './rules-page';
import type { RuledTarget, TargetFacts } from './target-index';

const USAGE = `Usage: npm run rules -- [options]

  (none)                 list every rule
  --on <folder> [--json] run every rule on <folder>/dist and <folder>/argocd
  --docs                 write docs/rules.md
`;

/** Where a command writes. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/** What is known of a target beside its manifests; undefined for one that is not configured. */
export type FactsOf = (environment: string, region: string) => TargetFacts | undefined;

/** What is known beside a tree. */
export interface Known {
  /** @default - nothing */
  readonly factsOf?: FactsOf;

  /** @default - nobody knows the fields of kinds */
  readonly levelsOf?: LevelsOf;

  /** @default - nobody knows what the code writes, and regions are not compared */
  readonly meant?: Meant;
}

/**
 * Lists the rules, runs them on a tree, or writes their page.
 *
 * @param root the repository
 * @returns exit code: 0 right, 1 problems, 2 wrong arguments or nothing to read
 */
export function rulesCommand(args: readonly string[], root: string, { out, err }: Streams, known: Known = {}): 0 | 1 | 2 {
  const json = args.includes('--json');
  const [option, value, ...rest] = args.filter((arg) => arg !== '--json');
  if (option === undefined && !json) {
    const width = Math.max(...everyRule.map(({ id }) => id.length));
    for (const { id, title } of everyRule) out(`${id.padEnd(width)} ${title}`);
    return 0;
  }
  if (option === '--on' && value && rest.length === 0) return runOn(value, json, { out, err }, known);
  if (option === '--docs' && value === undefined && !json) {
    const page = join(root, 'docs', 'rules.md');
    writeFileSync(page, renewedPage(existsSync(page) ? readFileSync(page, 'utf8') : ''));
    return 0;
  }
  err(`Cannot understand ${quote(args.join(' '))} as arguments: use one of these\n\n${USAGE}`);
  return 2;
}

function runOn(folder: string, json: boolean, { out, err }: Streams, { factsOf = () => undefined, meant, levelsOf }: Known): 0 | 1 | 2 {
  const tree = treeIn(folder);
  if (typeof tree === 'string') {
    err(tree);
    return 2;
  }
  const targets = tree.targets.map((target) => {
    const facts = factsOf(target.environment, target.region);
    return facts === undefined ? target : { ...target, facts };
  });
  const checked = [...targets.map((target) => checkAnything(target, (some) => findProblems(some))), checkDelivery(tree, targets)];
  const unlike = meant === undefined ? [] : findUnlike({ ...tree, targets }, meant);
  const misspelt = levelsOf === undefined ? [] : findUnknownFields({ ...tree, targets }, levelsOf);
  const findings = inOrder([...misspelt, ...checked.flatMap((each) => each.findings), ...unlike]);
  const unreadable = [
    ...tree.unreadable,
    ...checked.flatMap(({ misshapen }) => misshapen.map((message) => ({ file: undefined, message }))),
  ];
  if (json) {
    out(JSON.stringify([...unreadable.map(plainUnreadable), ...findings.map(plain)], undefined, 2));
  } else {
    const texts = [...unreadable.map(({ message }) => message), ...report(findings)];
    for (const text of texts) err(printable(text));
    const objects = [...targets.flatMap(({ apps }) => apps), ...(tree.folders ?? [])].reduce(
      (sum, { manifests }) => sum + manifests.length,
      0,
    );
    const without = tree.folders === undefined ? ' (without argocd/, so that nothing is known of their delivery)' : '';
    const rules = new Set([...findings.map(({ rule }) => rule.id), ...(unreadable.length > 0 ? [readableFiles.id] : [])]);
    const about = rules.size === 0 ? '' : `, of ${counted(rules.size, 'rule')} (docs/rules.md)`;
    out(`${counted(objects, 'object')} of ${counted(targets.length, 'target')}: ${counted(texts.length, 'problem')}${about}${without}`);
  }
  return findings.length + unreadable.length === 0 ? 0 : 1;
}

/** The rules about the fleet, where the tree holds what delivers it. */
function checkDelivery({ folders, files }: Tree, targets: readonly RuledTarget[]): Checked<Finding> {
  if (folders === undefined) return { findings: [], misshapen: [] };
  const summaries = new Summaries();
  const ruled = targets.map((target) => summaries.of(target));
  return checkAnything({ environment: 'argocd', region: '', apps: folders, files }, ({ apps }) =>
    findFleetProblems({ folders: apps, targets: ruled, files }),
  );
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

const counted = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

const plain = ({ rule, environment, region, app, object, field, message, file }: Finding): object => ({
  ...{ rule: rule.id, environment, region, app, object: object === undefined ? null : describe(object), field, message },
  ...{ why: rule.why, fix: rule.fix, file: file ?? null },
});

/** What could not be read, in the same shape. */
function plainUnreadable({ file = '', message }: { readonly file: string | undefined; readonly message: string }): object {
  const [tree, environment = '', region = '', app = ''] = file.split('/');
  const place = tree === 'dist' ? { environment, region, app } : { environment: '', region: '', app: '' };
  const { id, why, fix } = readableFiles;
  return { rule: id, ...place, object: null, field: '', message, why, fix, file: file === '' ? null : file };
}
