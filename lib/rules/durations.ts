const WRITTEN = /^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|[hms])/g;
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3 };

/** Seconds of a duration as Go, Prometheus and the Gateway API write it, `1m30s`; NaN for what is none. */
export function durationSeconds(text: unknown): number {
  if (typeof text !== 'string' || !WRITTEN.test(text)) return Number.NaN;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(PART)) sum += Number(number) * (SECONDS[unit ?? ''] ?? Number.NaN);
  return sum;
}
