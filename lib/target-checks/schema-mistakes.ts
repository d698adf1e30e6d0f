import type * as z from 'zod/mini';

import type { Target } from '../environments/environment';
import { anyOf } from '../releases/problem';
import { type Mistake, valueAt } from './plain-values';
import { targetSchema } from './target-schema';

/** What is wrong with each setting by itself. */
export const schemaMistakes = (target: Target): Iterable<Mistake> => formMistakes(targetSchema, target);

/** What is wrong with data of any form. */
export function* formMistakes(schema: z.ZodMiniType, data: unknown): Generator<Mistake> {
  const { error } = schema.safeParse(data);
  for (const issue of error?.issues ?? []) yield { path: issue.path, mistake: mistakeOf(issue, valueAt(data, issue.path)) };
}

function mistakeOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'custom' || issue.code === 'unrecognized_keys') return issue.message;
  const what = value === undefined ? 'nothing takes its place' : 'there is no such choice';
  if (issue.code === 'invalid_value') return `${what}: use ${anyOf(issue.values.map((choice) => JSON.stringify(choice)))}`;
  if (issue.code === 'invalid_union') return issue.message.replace('there is no such choice', what);
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'it has no such key: correct it';
  if (value === undefined) return 'nothing takes its place: write it';
  return `it is ${kindOf(value)}: write ${issue.code === 'invalid_type' ? (NOUNS[issue.expected] ?? issue.expected) : 'another value'}`;
}

const NOUNS: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', boolean: 'true or false' },
  ...{ object: 'a map', array: 'a list', record: 'a map' },
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : (NOUNS[typeof value] ?? `a ${typeof value}`);
}
