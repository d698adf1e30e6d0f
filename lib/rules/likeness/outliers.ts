import { type Copy, withoutNames } from './copies';
import { type Leaf, leavesOf } from './leaves';

/** A value that is unlike those of all others. */
export interface Outlier {
  readonly copy: Copy;
  readonly field: string;
  readonly message: string;
}

/** Fewer than this many others may agree by chance. */
export const LEAST_OTHERS = 2;

/** Amounts differ from place to place; this many times as much or as little is another unit, or a slip. */
const FAR = 8;

/** What stands in one of several like objects otherwise than in all others of one of their circles. */
export function* outliersOf(copies: readonly Copy[]): Iterable<Outlier> {
  if (new Set(copies.map(({ object, place }) => withoutNames(JSON.stringify(object), place))).size === 1) return;
  const leaves = new Map(copies.map((copy) => [copy, leavesOf(copy.object, copy.place.names)]));
  const of = (copy: Copy, way: string): Leaf | undefined => leaves.get(copy)?.get(way);
  const ways = new Set([...leaves.values()].flatMap((each) => [...each.keys()]));
  const circles = new Map(copies.map((copy) => [copy, circlesOf(copy, copies)]));
  const lost = new Map<Copy, string[]>();
  for (const way of ways) {
    if (new Set(copies.map((copy) => of(copy, way)?.raw)).size === 1) continue;
    for (const copy of copies) {
      const leaf = of(copy, way);
      const message = circles
        .get(copy)
        ?.map(
          (others) =>
            added(
              way,
              leaf,
              others.map((other) => leaves.get(other)),
            ) ??
            unlike(
              leaf,
              others.map((other) => of(other, way)),
            ),
        )
        .find((each) => each !== undefined);
      if (message === undefined) continue;
      if (leaf !== undefined) yield { copy, field: way, message };
      else lost.set(copy, [...(lost.get(copy) ?? []), way]);
    }
  }
  for (const [copy, missing] of lost) {
    for (const field of tops(missing, leaves.get(copy) ?? new Map())) yield { copy, field, message: 'is missing, and there in all others' };
  }
}

/** The others that a copy is compared with: by circle, where there are enough of them. */
const circlesOf = (copy: Copy, copies: readonly Copy[]): readonly (readonly Copy[])[] =>
  copy.place.circles
    .map((circle) => copies.filter((other) => other.place !== copy.place && other.place.circles.includes(circle)))
    .filter((others) => others.length >= LEAST_OTHERS);

/** What tells a value from those of all others, if they agree with each other; empty for one that is missing. */
function unlike(leaf: Leaf | undefined, others: readonly (Leaf | undefined)[]): string | undefined {
  const [first] = others;
  if (first === undefined || !others.every((each): each is Leaf => each !== undefined)) return undefined;
  const agree = others.every(({ form }) => form === first.form);
  if (leaf === undefined) return agree ? '' : undefined;
  const elsewhere = `in all of the ${others.length} others`;
  if (leaf.form !== first.form && leaf.raw !== first.raw)
    return agree ? `is ${shown(leaf, first)}, and ${shown(first, leaf)} ${elsewhere}` : undefined;
  if (!agree) return undefined;
  const at = leaf.amounts.findIndex((amount, i) => others.every(({ amounts }) => isFar(amount, amounts[i] ?? amount)));
  return at < 0 ? undefined : `holds ${leaf.amounts[at]}, and ${first.amounts[at]} or near it ${elsewhere}`;
}

/** Labels, annotations and items of lists are added to one place for many reasons, and amounts decide little. */
const FREE = /^\/metadata\/|\/(?:labels|annotations)\/|\/(?:\d+|[^/]*=[^/]*)(?=\/|$)/;
const AMOUNT = '#';

/** What a switch or a word does that stands in no other place at all. */
function added(way: string, leaf: Leaf | undefined, others: readonly (ReadonlyMap<string, Leaf> | undefined)[]): string | undefined {
  if (leaf === undefined || leaf.form === AMOUNT || others.some((other) => other?.has(way) !== false)) return undefined;
  // Only what is added to something that the others have: where a whole part is new, its values are as well.
  let known = way;
  while (known !== '' && !others.every((other) => hasBelow(other, known))) known = known.slice(0, known.lastIndexOf('/'));
  const rest = way.slice(known.length);
  return FREE.test(`${known === '/metadata' ? known : ''}${rest}`) || /\/(?:labels|annotations)$/.test(known)
    ? undefined
    : `is ${shown(leaf, leaf)}, and in none of the ${others.length} others`;
}

function hasBelow(leaves: ReadonlyMap<string, Leaf> | undefined, way: string): boolean {
  for (const each of leaves?.keys() ?? []) if (each.startsWith(`${way}/`)) return true;
  return false;
}

const isFar = (one: number, other: number): boolean =>
  one !== other && (one === 0 || other === 0 || one >= FAR * other || other >= FAR * one);

const MOST_SHOWN = 60;

/** A value, and of a long one the part in which it differs. */
function shown({ raw }: Leaf, other: Leaf): string {
  if (raw.length <= MOST_SHOWN) return JSON.stringify(raw);
  let at = 0;
  while (at < raw.length && raw[at] === other.raw[at]) at++;
  const start = Math.max(0, at - MOST_SHOWN / 3);
  return JSON.stringify(`…${raw.slice(start, start + MOST_SHOWN)}…`);
}

/** The highest field of each part that is missing as a whole. */
function tops(missing: readonly string[], there: ReadonlyMap<string, Leaf>): ReadonlySet<string> {
  const known = new Set<string>(['']);
  for (const way of there.keys()) {
    for (let at = way.indexOf('/', 1); at > 0; at = way.indexOf('/', at + 1)) known.add(way.slice(0, at));
  }
  return new Set(
    missing.map((way) => {
      let at = way.indexOf('/', 1);
      while (at > 0 && known.has(way.slice(0, at))) at = way.indexOf('/', at + 1);
      return at < 0 ? way : way.slice(0, at);
    }),
  );
}
