import type { Selector } from './query';

/** What the figures of a metric count, as far as its name tells. */
export type Unit = 'seconds' | 'milliseconds' | 'microseconds' | 'MiB' | 'bytes' | 'percent';

/** Series that are figures in a unit: not counters of time or bytes, whose rate is something else. */
const UNITS: readonly (readonly [metric: RegExp, unit: Unit])[] = [
  [/(?:_seconds|_latency_metric)_(?:bucket|sum)$|_lag$/, 'seconds'],
  [/_ms_(?:bucket|sum)$|_optimeDate$/, 'milliseconds'],
  [/_duration_us$/, 'microseconds'],
  [/^DCGM_FI_DEV_FB_/, 'MiB'],
  [/^DCGM_FI_DEV_\w+_UTIL$|^flagger_canary_weight$/, 'percent'],
];

/** What turns a unit into another. */
const TURNS: readonly (readonly [from: Unit, by: RegExp, to: Unit])[] = [
  ['milliseconds', /\/ ?(?:1000|1e3)\b/, 'seconds'],
  ['microseconds', /\/ ?(?:1000000|1e6)\b/, 'seconds'],
  ['microseconds', /\/ ?(?:1000|1e3)\b/, 'milliseconds'],
  ['seconds', /\* ?(?:1000|1e3)\b|\b1000 ?\*/, 'milliseconds'],
  ['MiB', /\* ?(?:1048576|1024 ?\* ?1024|1024 ?\^ ?2)\b/, 'bytes'],
];

/** A division by figures, as against one by a number. */
const BY_FIGURES = /\/ (?!1000\b|1000000\b|1e[36]\b)/;

/**
 * The unit of what a query answers; undefined where its metrics do not tell, or where it divides some by others.
 *
 * @param selectors what it asks for
 */
export function unitOf(text: string, selectors: readonly Pick<Selector, 'metric'>[]): Unit | undefined {
  const units = selectors.flatMap(({ metric }) => UNITS.find(([shape]) => shape.test(metric))?.[1] ?? []);
  const [unit] = units;
  if (unit === undefined || units.some((each) => each !== unit)) return undefined;
  const counts = selectors.some(({ metric }) => !UNITS.some(([shape]) => shape.test(metric)));
  // Seconds of all by the number of all are a mean, in seconds; bytes by bytes are a share.
  if (BY_FIGURES.test(text) && (!counts || units.length > 1)) return undefined;
  return TURNS.find(([from, by]) => from === unit && by.test(text))?.[2] ?? unit;
}
