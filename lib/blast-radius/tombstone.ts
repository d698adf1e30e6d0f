import { daysAfter } from '../messages/days';
import { quote } from '../messages/quote';
import { saysSomething } from '../messages/says-something';

/** What a change may take away once a person has said that it is meant. */
export const WHATS = ['target', 'app', 'object', 'field', 'rollback', 'share'] as const;

/** Says that a loss is meant. Without one, synth refuses to take away what cannot be brought back. */
export interface Tombstone {
  /**
   * What goes: a whole `target` or `app`, an `object` that holds data, the value of an immutable `field`, a newer image or model
   * (`rollback`), or a large `share` of a target's objects.
   */
  readonly what: (typeof WHATS)[number];

  /**
   * Which one, as the refusal names it: `prod/us-east-1` (target, share), `prod/us-east-1/llm` (app),
   * `prod/us-east-1/llm/PersistentVolumeClaim.models` (object; a field adds `#/spec/…`), `prod/us-east-1/<repository>` (rollback).
   */
  readonly where: string;

  /** Team or person who answers for the loss. */
  readonly owner: string;

  /** Why it is meant, and what becomes of the data. */
  readonly reason: string;

  /** Last day on which it may stand here, `YYYY-MM-DD`; synth fails from the next day on until it is removed. */
  readonly until: string;
}

/** Something that a synth would take away. */
export interface Loss {
  readonly what: Tombstone['what'];
  readonly where: string;

  /** The target or the folder of argocd/ that loses it. */
  readonly place: string;

  /** Why synth refuses, and what to do instead of it. */
  readonly message: string;
}

/** In three years nobody is left who meant it. */
const MOST_DAYS = 1096;

/** What tells tombstones and losses apart. */
export const keyOf = ({ what, where }: Pick<Tombstone, 'what' | 'where'>): string => `${what} ${where}`;

/** What is wrong with a tombstone itself; undefined if nothing is. */
export function fault(tombstone: Tombstone, today: string): string | undefined {
  const { what, where, owner, reason, until } = tombstone;
  const name = `Cannot use tombstone ${quote(keyOf(tombstone))}`;
  if (!WHATS.includes(what)) return `${name} as there is no such thing: use ${WHATS.join(', ')}`;
  if (!/^[^\s/]+\/[^\s/]+(?:\/\S+)?$/.test(where))
    return `${name} as it names no place: write it as the refusal did, such as 'prod/us-east-1/llm'`;
  if (!isName(owner)) return `${name} as nobody answers for it: write a team or a person as its owner`;
  if (typeof reason !== 'string' || isBlank(reason) || !saysSomething(reason))
    return `${name} as it gives no reason: write why the loss is meant, and what becomes of the data`;
  if (!isDay(until)) return `${name} as its last day ${quote(String(until))} is in no calendar: write it as YYYY-MM-DD`;
  if (until < today) return `${name} as it lapsed on ${until}: remove it, or agree on a new day with ${owner}`;
  if (until > daysAfter(today, MOST_DAYS))
    return `${name} as its last day ${until} is more than ${MOST_DAYS} days away, when nobody remembers it: write an earlier one, and renew it`;
  return undefined;
}

/** Whether a text can be what a team or a person is called. */
const isName = (text: string): boolean => typeof text === 'string' && !isBlank(text) && /\p{L}{2}/u.test(text);

/** Nothing, or the placeholder that a refusal prints for people to fill in. */
const isBlank = (text: string): boolean => typeof text !== 'string' || /^\s*(?:<.*>)?\s*$/.test(text);

/** `Date` takes February 30th for March 1st, hence the way there and back. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
