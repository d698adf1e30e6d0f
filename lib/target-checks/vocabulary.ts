import * as z from 'zod/mini';

import { anyOf } from '../releases/problem';
import type { Shape } from './texts';

/** A check whose message is the mistake itself. */
export function rule<T>(mistake: (value: T) => string | undefined): z.core.CheckFn<T> {
  return ({ value, issues }) => {
    const message = mistake(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  };
}

export const text = ({ matches, mistake }: Shape) => z.string().check(rule((value) => (matches(value) ? undefined : mistake)));

/** A number within bounds: what is beyond them is a slip of the finger. */
export const figure = (least: number, most: number) =>
  z
    .number()
    .check(rule((value) => (value >= least && value <= most ? undefined : `it is not between ${least} and ${most}: correct the figure`)));

/** A whole number within bounds. */
export const whole = (least: number, most: number) =>
  z.number().check(
    rule((value) => {
      if (!Number.isInteger(value)) return 'it is no whole number: write one';
      return value >= least && value <= most ? undefined : `it is not between ${least} and ${most}: correct the figure`;
    }),
  );

/** Two ends of a range of whole numbers. */
export const range = (least: number, most: number) =>
  z
    .looseObject({ min: whole(least, most), max: whole(least, most) })
    .check(rule(({ min, max }) => (min <= max ? undefined : `its min ${min} is above its max ${max}: exchange or correct them`)));

/** One of several names. */
export const choice = (...names: readonly string[]) => z.enum([...names] as [string, ...string[]]);

/** One of several kinds of map, told apart by a key that each has. */
export function oneOf<const T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(key: string, options: T) {
  const values = options.flatMap((option) => [...(option._zod.propValues?.[key] ?? [])]);
  // One of them may do without the key.
  const names = values.flatMap((value) => (value === undefined ? [] : [JSON.stringify(value)]));
  return z.discriminatedUnion(key, options, { error: `there is no such choice: use ${anyOf(names)}` });
}
