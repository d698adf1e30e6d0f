import * as z from 'zod/mini';
import { closest } from '../messages/closest';
import { anyOf } from '../releases/problem';
import type { Shape } from './texts';

/** A check whose message is the mistake itself. */
export function rule<T>(mistake: (value: T) => string | undefined): z.core.CheckFn<T> {
  return ({ value, issues }) => {
    const message = mistake(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  };
}

/** A map with these settings and no others: what is spread into settings is seen by no compiler, so a typing error would say nothing. */
export function map<const T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? unknown(issue.keys, shape) : undefined) });
}

function unknown(keys: readonly string[], shape: object): string {
  const known = Object.keys(shape);
  return keys
    .map((key) => {
      const meant = closest(key, known);
      return `it has no setting ${JSON.stringify(key)}: ${meant === undefined ? `take it out, or use ${anyOf(known)}` : `did you mean "${meant}"?`}`;
    })
    .join('; ');
}

export const text = ({ matches, mistake }: Shape) => z.string().check(rule((value) => (matches(value) ? undefined : mistake)));

/** A list in which nothing stands twice. */
export const several = <T extends z.core.$ZodType>(item: T, what: string, keyOf: (item: z.output<T>) => unknown = (value) => value) =>
  z.array(item).check(
    rule((items) => {
      const keys = items.map(keyOf);
      const twice = keys.find((key, index) => keys.indexOf(key) < index);
      return twice === undefined ? undefined : `${what} ${JSON.stringify(twice)} is named twice: remove one`;
    }),
  );

/** A number within bounds: what is beyond them is a slip of the finger, or of the unit. */
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

/** A number within bounds that is a multiple of a step: Kubernetes rounds what is finer, and Argo CD sees another value for ever. */
export const stepped = (least: number, most: number, step: number, unit: string) =>
  figure(least, most).check(
    rule((value) => {
      const steps = value / step;
      return Math.abs(steps - Math.round(steps)) < 1e-6 ? undefined : `it is finer than ${unit}, which Kubernetes rounds: round it`;
    }),
  );

/** Processors: Kubernetes knows thousandths. */
export const cpus = (least: number, most: number) => stepped(least, most, 0.001, 'a thousandth of a processor');

/** Memory, GiB: as a fraction it is written in whole MiB. */
export const memoryGiB = (least: number, most: number) => stepped(least, most, 1 / 1024, 'a MiB');

/** Two ends of a range of whole numbers. */
export const range = (least: number, most: number) => map({ min: whole(least, most), max: whole(least, most) }).check(ordered);

/** For what has a `min` and a `max`. */
export const ordered = rule<{ readonly min: number; readonly max: number }>(({ min, max }) =>
  min <= max ? undefined : `its min ${min} is above its max ${max}: exchange or correct them`,
);

/** One of several names. */
export const choice = (...names: readonly string[]) => z.enum([...names] as [string, ...string[]]);

/** One of several kinds of map, told apart by a key that each has. */
export function oneOf<const T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(key: string, options: T) {
  const values = options.flatMap((option) => [...(option._zod.propValues?.[key] ?? [])]);
  // One of them may do without the key.
  const names = values.flatMap((value) => (value === undefined ? [] : [JSON.stringify(value)]));
  return z.discriminatedUnion(key, options, { error: `there is no such choice: use ${anyOf(names)}` });
}
