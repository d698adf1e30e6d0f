import { isDeepStrictEqual } from 'node:util';

import type * as z from 'zod/mini';

import { ownHosts } from '../edge/edge-settings';
import type { Target } from '../environments/environment';
import { quote } from '../messages/quote';
import { anyOf } from '../releases/problem';
import { type Mistake, mistakesIn } from './plain-values';
import { targetSchema } from './target-schema';

/** Everything that is wrong with the targets. */
export class TargetProblems extends Error {
  public readonly problems: readonly { readonly message: string }[];

  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'TargetProblems';
    this.problems = messages.map((message) => ({ message }));
  }
}

/**
 * Proves that the targets are ones that can be synthesized: names that are safe in paths, figures that are possible, hosts that exist
 * in DNS, and no two of what there may be one of.
 *
 * @throws TargetProblems with one message for each mistake
 */
export function requireSound(targets: readonly Target[]): void {
  const messages = targets.flatMap((target) => [...mistakesOf(target)].map((mistake) => message(target, mistake)));
  if (messages.length === 0) messages.push(...clashes(targets));
  if (messages.length > 0) throw new TargetProblems([...new Set(messages)]);
}

function* mistakesOf(target: Target): Generator<Mistake> {
  const plain = [...mistakesIn(target)];
  yield* plain;
  const { error } = plain.length === 0 ? targetSchema.safeParse(target) : {};
  for (const issue of error?.issues ?? []) yield { path: issue.path, mistake: mistakeOf(issue, valueAt(target, issue.path)) };
  if (plain.length === 0 && error === undefined) yield* strayHosts(target);
}

/** Hosts of apps that the target does not run: they would have a certificate, and answer nothing. */
function* strayHosts(target: Target): Generator<Mistake> {
  for (const app of Object.keys(target.edge.appHosts ?? {})) {
    if (valueAt(target, [app]) !== undefined) continue;
    yield { path: ['edge', 'appHosts', app], mistake: `the target runs no ${quote(app)}: give it settings, or take out its hosts` };
  }
}

function mistakeOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_value') return `there is no such choice: use ${anyOf(issue.values.map((choice) => JSON.stringify(choice)))}`;
  if (issue.code === 'invalid_union') return issue.message;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'it has no such key: correct it';
  if (value === undefined) return 'it is missing: write it';
  return `it is ${kindOf(value)}: write ${issue.code === 'invalid_type' ? (NOUNS[issue.expected] ?? issue.expected) : 'another value'}`;
}

const NOUNS: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', object: 'a map', array: 'a list', record: 'a map' };

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : (NOUNS[typeof value] ?? `a ${typeof value}`);
}

function message(target: Target, { path, mistake }: Mistake): string {
  const value = valueAt(target, path);
  const shown = typeof value === 'object' && value !== null ? '' : ` ${quote(String(value))}`;
  const field = path.map(String).join('.');
  return `Cannot use${shown}${field === '' ? '' : ` for ${quote(field).slice(1, -1)}`} of target ${nameOf(target)} as ${mistake}`;
}

const nameOf = ({ environment, region }: Target): string => quote(`${environment}/${region?.name}`);

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined),
    value,
  );

/** What each target is right about alone, and wrong about together with another. */
function* clashes(targets: readonly Target[]): Generator<string> {
  for (const [cluster, same] of groups(targets, ({ environment, region }) => [`${environment}-${region.name}`])) {
    if (same.length > 1) yield `Cannot use ${same.map(nameOf).join(' and ')} as both are cluster ${quote(cluster)}: rename or remove one`;
  }
  for (const [environment, same] of groups(targets, ({ environment }) => [environment])) {
    if (same.some(({ delivery }) => !isDeepStrictEqual(delivery, same[0]?.delivery))) {
      yield `Cannot use environment ${quote(environment)} as two of that name differ in their delivery: rename or remove one`;
    }
  }
  for (const [host, same] of groups(targets, ({ edge }) => ownHosts(edge))) {
    const shared = targets.find(({ edge }) => edge.globalHost === host);
    if (shared !== undefined)
      yield `Cannot use ${quote(host)} for one region alone as ${nameOf(shared)} shares it as its globalHost: use another`;
    if (same.length > 1)
      yield `Cannot use ${quote(host)} for ${same.map(nameOf).join(' and ')} as it can lead to one of them only: use one host for each`;
  }
  for (const [host, same] of groups(targets, ({ edge }) => (edge.globalHost === undefined ? [] : [edge.globalHost]))) {
    const environments = new Set(same.map(({ environment }) => environment));
    if (environments.size > 1) {
      yield `Cannot use ${quote(host)} for ${anyOf([...environments]).replace(' or ', ' and ')} as users of one would reach the other: use one host for each`;
    }
  }
}

function groups(targets: readonly Target[], by: (target: Target) => readonly string[]): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const target of targets) {
    for (const key of by(target)) found.set(key, [...(found.get(key) ?? []), target]);
  }
  return found;
}
