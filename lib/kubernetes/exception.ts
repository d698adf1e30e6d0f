/** Why one object may break one rule, who answers for it, and until when. */
export interface Exception {
  /** Team or person who answers for the exception. */
  readonly owner: string;

  /** What makes the rule impossible to keep here. */
  readonly reason: string;

  /** Last day of the exception, `YYYY-MM-DD`; synth fails from the next day on. */
  readonly until: string;
}

const PREFIX = 'slipway.dev/exception.';
const WRITTEN = /^(?<owner>[^:]+): (?<reason>.+) \(until (?<until>\d{4}-\d{2}-\d{2})\)$/s;

/**
 * The annotation that excuses an object, or the pods of a workload, from one rule.
 *
 * Throws a `RangeError` where owner, reason or day could not be read back from the annotation.
 */
export function exception(ruleId: string, { owner, reason, until }: Exception): Record<string, string> {
  const text = `${owner}: ${reason} (until ${until})`;
  const read = parseException(text);
  if (read === undefined || read.owner !== owner || read.reason !== reason) {
    throw new RangeError(
      `Cannot write "${text}" as exception from ${ruleId}: give an owner without a colon, a reason, and an existing day as YYYY-MM-DD`,
    );
  }
  return { [PREFIX + ruleId]: text };
}

/** The exceptions that annotations hold: rule id and text, in the order they are written. */
export function exceptionsIn(annotations: Readonly<Record<string, string>>): readonly (readonly [ruleId: string, text: string])[] {
  const found: [string, string][] = [];
  for (const name in annotations) {
    if (name.startsWith(PREFIX)) found.push([name.slice(PREFIX.length), String(annotations[name])]);
  }
  return found;
}

/** Reads an exception's text; undefined where it is malformed or its day is in no calendar. */
export function parseException(text: string): Exception | undefined {
  const { owner, reason, until } = WRITTEN.exec(text)?.groups ?? {};
  if (owner === undefined || reason === undefined || until === undefined) return undefined;
  if (owner.trim() === '' || reason.trim() === '' || !isDay(until)) return undefined;
  return { owner, reason, until };
}

/** `Date` takes February 30th for March 1st, hence the way there and back. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
